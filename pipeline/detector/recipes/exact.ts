import type { Recipe } from "./recipe.ts";

/**
 * The default: every second of UTC scored once, by the window nearest to its start. Window i starts
 * at frame `round(i · 100 / 3)` of the hour, off by 10 ms at most and never drifting (100 frames
 * are 3 s, and an hour is 120,000 frames, so that hours share one grid). Audio as read; PCEN per
 * window, as the released model's own `score` does.
 */
export const exact: Recipe = {
  name: "exact",
  clock: "utc",
  audioGain: () => 1,
  pcenStarts: "window",
  skipsDeadAudio: true,
  windowStarts: (bins) => Array.from({ length: bins }, (_, bin) => Math.round(bin * 100 / 3)),
};
