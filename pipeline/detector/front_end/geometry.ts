/** Sample rate of the audio that the front end takes, in Hz. */
export const DETECTOR_SAMPLE_RATE_HZ = 10_000;
/** Samples in one spectrogram frame, and the length of its FFT. */
export const FRAME_SAMPLES = 1024;
/** Samples between the starts of two frames: 30 ms. */
export const HOP_SAMPLES = 300;
/** Mel bands of a frame. */
export const MEL_BANDS = 64;
/** Frames that the network looks at together. */
export const WINDOW_FRAMES = 128;
/** Samples of one window, 39,124 = 3.9124 s. */
export const WINDOW_SAMPLES = (WINDOW_FRAMES - 1) * HOP_SAMPLES + FRAME_SAMPLES;
/**
 * Raised whenever a change to the front end could change a score. It is part of the fingerprint.
 */
export const FRONT_END_REVISION = 1;

/**
 * Counts the whole spectrogram frames in a stretch of audio; the end is not padded.
 *
 * @param samples Number of samples at 10 kHz, ≥ 0.
 * @returns `floor((samples − 1024) / 300) + 1`, and 0 below 1,024 samples.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(frameCount(39_124) === 128);
 * assert(frameCount(1_023) === 0);
 * ```
 */
export function frameCount(samples: number): number {
  return samples < FRAME_SAMPLES ? 0 : Math.floor((samples - FRAME_SAMPLES) / HOP_SAMPLES) + 1;
}

/**
 * Counts the samples that a run of frames spans.
 *
 * @param frames Number of frames, ≥ 1.
 * @returns `(frames − 1) · 300 + 1024`.
 */
export function samplesOfFrames(frames: number): number {
  return (frames - 1) * HOP_SAMPLES + FRAME_SAMPLES;
}
