/**
 * What turns audio at a detector's rate into the inputs of its network. Audio is seen as frames:
 * a spectrogram's, or single samples where a network takes the waveform. Windows start at frames.
 * Every frame depends on its own samples only, so that audio may be cut anywhere.
 */
export interface FrontEnd {
  /** Samples of one frame. */
  readonly frameSamples: number;
  /** Samples between the starts of two frames. */
  readonly hopSamples: number;
  /** Frames of one window. */
  readonly windowFrames: number;
  /** Values that the network takes of one frame. */
  readonly frameValues: number;
  /** Samples at a window's start that dead audio must not touch (docs/detector.md). */
  readonly onsetSamples: number;
  /** Makes ready to work; close what it gives. */
  start(): Promise<StartedFrontEnd>;
}

/** A front end at work. */
export interface StartedFrontEnd {
  /**
   * Begins a stretch of audio.
   *
   * @param stateStarts Whether what a front end remembers (PCEN's smoother) starts anew in each
   *   window or once at the first frame.
   * @param firstFrame Number of the first frame that will be pushed.
   */
  windows(stateStarts: "window" | "audio", firstFrame: number): WindowStream;
  /** Frees what it holds. */
  close(): void;
}

/** Audio in, windows out, in the order of their first frames. */
export interface WindowStream {
  /**
   * Takes the next frames.
   *
   * @param samples Mono audio of the frames that follow those pushed before.
   * @param keepFrom First frame that a later window still needs.
   */
  push(samples: Float32Array, keepFrom: number): void;
  /**
   * Writes a window.
   *
   * @param start Its first frame; all of its frames have been pushed.
   * @param target Where it goes, `[windowFrames, frameValues]` from index `at` on.
   * @throws {RangeError} Where its frames are not held.
   */
  write(start: number, target: Float32Array, at: number): void;
}

type Frames = Pick<FrontEnd, "frameSamples" | "hopSamples">;

/**
 * Number of samples that frames span.
 *
 * @param frontEnd Whose frames.
 * @param frames Number of frames, ≥ 1.
 * @returns `(frames − 1) · hopSamples + frameSamples`.
 */
export function samplesOf({ frameSamples, hopSamples }: Frames, frames: number): number {
  return (frames - 1) * hopSamples + frameSamples;
}

/**
 * Number of whole frames in a stretch of audio.
 *
 * @param frontEnd Whose frames.
 * @param samples Number of samples, ≥ 0.
 * @returns `floor((samples − frameSamples) / hopSamples) + 1`, and 0 where none is whole.
 */
export function framesIn({ frameSamples, hopSamples }: Frames, samples: number): number {
  return samples < frameSamples ? 0 : Math.floor((samples - frameSamples) / hopSamples) + 1;
}
