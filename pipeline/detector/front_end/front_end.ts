/**
 * Turns audio at a detector's rate into the inputs of its network. Audio is seen as frames: a
 * spectrogram's, or single samples where a network takes the waveform. Windows start at frames.
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
 * Counts the samples that frames span.
 *
 * @param frontEnd Whose frames.
 * @param frames Number of frames, ≥ 1.
 * @returns `(frames − 1) · hopSamples + frameSamples`.
 */
export function samplesOf({ frameSamples, hopSamples }: Frames, frames: number): number {
  return (frames - 1) * hopSamples + frameSamples;
}

/**
 * Counts the whole frames in a stretch of audio.
 *
 * @param frontEnd Whose frames.
 * @param samples Number of samples, ≥ 0.
 * @returns `floor((samples − frameSamples) / hopSamples) + 1`, and 0 where none is whole.
 */
export function framesIn({ frameSamples, hopSamples }: Frames, samples: number): number {
  return samples < frameSamples ? 0 : Math.floor((samples - frameSamples) / hopSamples) + 1;
}

/** Holds the frames that windows to come still need, and no more. */
export class HeldFrames {
  readonly #frameValues: number;
  #values = new Float32Array(0);
  #first: number;

  /**
   * @param frameValues Values of one frame.
   * @param firstFrame Number of the first frame that will be pushed.
   */
  constructor(frameValues: number, firstFrame: number) {
    this.#frameValues = frameValues;
    this.#first = firstFrame;
  }

  /**
   * Makes room for the frames that follow those held.
   *
   * @param frames How many follow.
   * @param keepFrom First frame that is still needed.
   * @returns Where their values are to be put, `[frames, frameValues]`.
   */
  extend(frames: number, keepFrom: number): Float32Array {
    const held = this.#values.subarray(Math.max(0, keepFrom - this.#first) * this.#frameValues);
    this.#first += (this.#values.length - held.length) / this.#frameValues;
    this.#values = new Float32Array(held.length + frames * this.#frameValues);
    this.#values.set(held);
    return this.#values.subarray(held.length);
  }

  /**
   * Views frames that are held.
   *
   * @param start The first.
   * @param frames How many.
   * @returns A view of their values, `[frames, frameValues]`.
   * @throws {RangeError} Where they are not held.
   */
  view(start: number, frames: number): Float32Array {
    const from = (start - this.#first) * this.#frameValues;
    const stop = from + frames * this.#frameValues;
    if (from < 0 || stop > this.#values.length) {
      throw new RangeError(`Cannot take the window at frame ${start}: its frames are not held`);
    }
    return this.#values.subarray(from, stop);
  }
}

/** Shorter silences than this are no dead audio, so it is also what the rule looks at first. */
const ONSET_SECONDS = 0.1;

/** Gives samples to a network that takes the waveform: each is a frame. */
export class WaveformFrontEnd implements FrontEnd {
  readonly frameSamples: number = 1;
  readonly hopSamples: number = 1;
  readonly windowFrames: number;
  readonly frameValues: number = 1;
  readonly onsetSamples: number;

  /**
   * @param windowSamples Samples that the network takes, ≥ 1.
   * @param sampleRateHz Their rate.
   */
  constructor(windowSamples: number, sampleRateHz: number) {
    this.windowFrames = windowSamples;
    this.onsetSamples = Math.min(windowSamples, Math.ceil(ONSET_SECONDS * sampleRateHz));
  }

  start(): Promise<StartedFrontEnd> {
    const windows = (_: unknown, first: number) => new WaveformWindows(this.windowFrames, first);
    return Promise.resolve({ windows, close: () => {} });
  }
}

class WaveformWindows implements WindowStream {
  readonly #windowSamples: number;
  readonly #samples: HeldFrames;

  constructor(windowSamples: number, first: number) {
    this.#windowSamples = windowSamples;
    this.#samples = new HeldFrames(1, first);
  }

  push(samples: Float32Array, keepFrom: number): void {
    this.#samples.extend(samples.length, keepFrom).set(samples);
  }

  write(start: number, target: Float32Array, at: number): void {
    target.set(this.#samples.view(start, this.#windowSamples), at);
  }
}
