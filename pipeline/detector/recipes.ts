import { DETECTOR_SAMPLE_RATE_HZ, HOP_SAMPLES, WINDOW_FRAMES } from "./front_end/mod.ts";

/**
 * Way of running the detector over audio: which windows, of what level, and where PCEN starts. A
 * recipe sees an hour either on the clock's own grid (`utc`) or as stretches of audio that it
 * counts from their first sample (`nominal`).
 */
export interface Recipe {
  /** Name as the manifest has it. */
  readonly name: "exact" | "google" | "mbari" | "redun";
  /**
   * `utc`: score i is of second i by the clock. `nominal`: score i is only called so; the published
   * way that the recipe reproduces lets its seconds drift.
   */
  readonly clock: "utc" | "nominal";
  /**
   * Computes the factor that the audio is multiplied by, given the recording's sample rate in Hz.
   */
  audioGain(sampleRateHz: number): number;
  /** Whether PCEN starts anew in each window, or once at the start of the audio. */
  readonly pcenStarts: "window" | "audio";
  /** Whether windows of dead audio are left without a score. */
  readonly skipsDeadAudio: boolean;
  /**
   * Lays the windows of an hour, and gives their first frames, one a bin: mel frames, or samples of
   * a waveform.
   *
   * @param bins Bins wanted: 3,600 for a whole hour.
   * @param frames Frames that there are, counted from the first bin's first frame; a `utc`
   *   recipe reads on past the hour, so it takes no notice.
   * @param framesPerSecond The detector's, a fraction for the mel front end.
   * @returns First frame of each bin's window, ascending, at most `bins` of them.
   */
  windowStarts(bins: number, frames: number, framesPerSecond: number): number[];
}

/**
 * The default: every second of UTC scored once, by the window nearest to its start. Window i starts
 * at the frame nearest to second i of the hour: with mel frames `round(i · 100 / 3)`, off by 10 ms at
 * most and never drifting (100 frames are 3 s, and an hour is 120,000 frames, so that hours share
 * one grid); of a waveform at the second itself. Audio as read; PCEN per window, as the released
 * model's own `score` does.
 */
const exact: Recipe = {
  name: "exact",
  clock: "utc",
  audioGain: () => 1,
  pcenStarts: "window",
  skipsDeadAudio: true,
  windowStarts: (bins, _frames, framesPerSecond) =>
    Array.from({ length: bins }, (_, bin) => Math.round(bin * framesPerSecond)),
};

/**
 * Makes the recipe of the released model's `score` signature, whose scores are kept as if they were
 * seconds: a window every `contextStepSamples / 300` whole frames, which at 10,000 samples is 33
 * frames = 0.99 s, so that an hour gives 3,633 scores and its 3,600th is 36 s early.
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
const google: Recipe = scoreSignature(10_000);

/**
 * Recipe of the Monterey Bay Aquarium Research Institute's scoring code: audio times 3 (its files'
 * full scale is 3 V), the `score` signature every 33 frames, kept as seconds.
 *
 * Source: MBARI's Pacific Sound notebooks on the humpback detector.
 */
const mbari: Recipe = { ...google, name: "mbari", audioGain: () => 3 };

/**
 * Recipe of the Python pipeline that this project supersedes: librosa's
 * energy-preserving resampling (audio divided by `sqrt(10000 / sampleRate)`), PCEN once over the
 * whole hour's 119,997 frames, and row i's window at frame `int(119997 / 3600 · i)`; windows that
 * would pass the end are the hour's last 128 frames, so that the last three rows are equal.
 */
const redun: Recipe = {
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

/** The recipes by name. */
export const RECIPES: Record<Recipe["name"], Recipe> = { exact, google, mbari, redun };
