/**
 * How to run the detector over audio: which windows, of what level, and where PCEN starts.
 * A recipe sees an hour either on the clock's own grid (`utc`) or as stretches of audio that it
 * counts from their first sample (`nominal`).
 */
export interface Recipe {
  /** As the manifest names it. */
  readonly name: "exact" | "google" | "mbari" | "redun";
  /**
   * `utc`: score i is of second i by the clock. `nominal`: score i is only called so; the published
   * way that the recipe reproduces lets its seconds drift.
   */
  readonly clock: "utc" | "nominal";
  /** What the audio is multiplied by, given the recording's sample rate in Hz. */
  audioGain(sampleRateHz: number): number;
  /** Whether PCEN starts anew in each window, or once at the start of the audio. */
  readonly pcenStarts: "window" | "audio";
  /** Whether windows of dead audio are left without a score. */
  readonly skipsDeadAudio: boolean;
  /**
   * First frames of the windows, one a bin: mel frames, or samples of a waveform.
   *
   * @param bins Bins wanted: 3,600 for a whole hour.
   * @param frames Frames that there are, counted from the first bin's first frame; a `utc`
   *   recipe reads on past the hour, so it takes no notice.
   * @param framesPerSecond The detector's, a fraction for the mel front end.
   * @returns First frame of each bin's window, ascending, at most `bins` of them.
   */
  windowStarts(bins: number, frames: number, framesPerSecond: number): number[];
}
