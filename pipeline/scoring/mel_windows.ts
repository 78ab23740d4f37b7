import { MEL_BANDS, Pcen, type PcenParameters, WINDOW_FRAMES } from "../detector/front_end/mod.ts";
import type { Recipe } from "../detector/recipes/mod.ts";

/**
 * Mel frames in, PCEN windows out, in the order of their first frames. It holds no more frames than
 * the next window needs.
 */
export class MelWindows {
  readonly #pcen: Pcen;
  readonly #starts: Recipe["pcenStarts"];
  /** Frames from `#first` on: mel where PCEN starts in each window, else PCEN's output. */
  #frames = new Float32Array(0);
  #first: number;

  /**
   * @param parameters PCEN's learned constants.
   * @param pcenStarts Whether PCEN starts in each window or at the first frame.
   * @param firstFrame Number of the first frame that will be pushed.
   */
  constructor(parameters: PcenParameters, pcenStarts: Recipe["pcenStarts"], firstFrame: number) {
    this.#pcen = new Pcen(parameters);
    this.#starts = pcenStarts;
    this.#first = firstFrame;
  }

  /**
   * Takes the next frames.
   *
   * @param mel `[frames, 64]`.
   * @param keepFrom First frame that a later window still needs.
   */
  push(mel: Float32Array, keepFrom: number): void {
    const held = this.#frames.subarray(Math.max(0, keepFrom - this.#first) * MEL_BANDS);
    this.#first = this.#first + (this.#frames.length - held.length) / MEL_BANDS;
    const frames = new Float32Array(held.length + mel.length);
    frames.set(held);
    if (this.#starts === "window") frames.set(mel, held.length);
    else this.#pcen.apply(mel, 0, mel.length / MEL_BANDS, frames, held.length);
    this.#frames = frames;
  }

  /**
   * Writes a window.
   *
   * @param start Its first frame; all of its 128 have been pushed.
   * @param target Where it goes, `[128, 64]` from index `at` on.
   */
  write(start: number, target: Float32Array, at: number): void {
    const from = (start - this.#first) * MEL_BANDS;
    const stop = from + WINDOW_FRAMES * MEL_BANDS;
    if (from < 0 || stop > this.#frames.length) {
      throw new RangeError(`Cannot take the window at frame ${start}: its frames are not held`);
    }
    if (this.#starts === "window") {
      this.#pcen.restart();
      this.#pcen.apply(this.#frames, from, WINDOW_FRAMES, target, at);
    } else {
      target.set(this.#frames.subarray(from, stop), at);
    }
  }
}
