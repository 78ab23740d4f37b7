/** The frames that windows to come still need, and no more. */
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
   * Frames that are held.
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
