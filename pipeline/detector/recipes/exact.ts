import type { Recipe } from "./recipe.ts";

/**
 * The default: every second of UTC scored once, by the window nearest to its start. Window i starts
 * at the frame nearest to second i of the hour: with mel frames `round(i · 100 / 3)`, off by 10 ms at
 * most and never drifting (100 frames are 3 s, and an hour is 120,000 frames, so that hours share
 * one grid); of a waveform at the second itself. Audio as read; PCEN per window, as the released
 * model's own `score` does.
 */
export const exact: Recipe = {
  name: "exact",
  clock: "utc",
  audioGain: () => 1,
  pcenStarts: "window",
  skipsDeadAudio: true,
  windowStarts: (bins, _frames, framesPerSecond) =>
    Array.from({ length: bins }, (_, bin) => Math.round(bin * framesPerSecond)),
};
