import { DETECTOR_SAMPLE_RATE_HZ, WINDOW_FRAMES } from "../front_end/mod.ts";
import type { Recipe } from "./recipe.ts";

/**
 * As the Python pipeline that this project supersedes: librosa's energy-preserving resampling
 * (audio divided by `sqrt(10000 / sampleRate)`), PCEN once over the whole hour's 119,997 frames,
 * and row i's window at frame `int(119997 / 3600 · i)`; windows that would pass the end are the
 * hour's last 128 frames, so that the last three rows are equal.
 */
export const redun: Recipe = {
  name: "redun",
  clock: "nominal",
  audioGain: (sampleRateHz) => 1 / Math.sqrt(DETECTOR_SAMPLE_RATE_HZ / sampleRateHz),
  pcenStarts: "audio",
  skipsDeadAudio: false,
  windowStarts: (bins, frames) => {
    const last = frames - WINDOW_FRAMES;
    if (last < 0) return [];
    return Array.from({ length: bins }, (_, i) => Math.min(Math.trunc(frames / bins * i), last));
  },
};
