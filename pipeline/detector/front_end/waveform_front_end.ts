import type { FrontEnd, StartedFrontEnd, WindowStream } from "./front_end.ts";
import { HeldFrames } from "./held_frames.ts";

/** Shorter silences than this are no dead audio, so it is also what the rule looks at first. */
const ONSET_SECONDS = 0.1;

/** No front end: the network takes the samples, and each is a frame. */
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
