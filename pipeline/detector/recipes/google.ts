import { HOP_SAMPLES, WINDOW_FRAMES } from "../front_end/mod.ts";
import type { Recipe } from "./recipe.ts";

/**
 * The released model's `score` signature, kept as if its scores were seconds: a window every
 * `contextStepSamples / 300` whole frames, which at 10,000 samples is 33 frames = 0.99 s, so that
 * an hour gives 3,633 scores and its 3,600th is 36 s early.
 *
 * Source: google/humpback_whale/1, signature `score(waveform, context_step_samples)`.
 *
 * @param contextStepSamples The signature's `context_step_samples`, ≥ 300.
 * @returns The recipe.
 */
export function scoreSignature(contextStepSamples: number): Recipe {
  const step = Math.floor(contextStepSamples / HOP_SAMPLES);
  return {
    name: "google",
    clock: "nominal",
    audioGain: () => 1,
    pcenStarts: "window",
    skipsDeadAudio: false,
    windowStarts: (bins, frames) => {
      const windows = Math.max(0, Math.floor((frames - WINDOW_FRAMES) / step) + 1);
      return Array.from({ length: Math.min(bins, windows) }, (_, i) => i * step);
    },
  };
}

/** The `score` signature at its usual step of one nominal second. */
export const google: Recipe = scoreSignature(10_000);
