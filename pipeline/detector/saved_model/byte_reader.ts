/** Reads a stream of pieces of any length in pieces of a wanted length. */
export class ByteReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  #piece: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  /** @param stream Where the bytes come from; it is read by nobody else. */
  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.#reader = stream.getReader();
  }

  /**
   * Reads some bytes.
   *
   * @param atMost How many at most, ≥ 1.
   * @returns 1 to `atMost` bytes, or none at the stream's end.
   */
  async some(atMost: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#piece.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done) return this.#piece;
      this.#piece = value;
    }
    const taken = this.#piece.subarray(0, atMost);
    this.#piece = this.#piece.subarray(taken.length);
    return taken;
  }

  /**
   * Reads an exact number of bytes.
   *
   * @param length How many.
   * @returns That many, or fewer where the stream ends before.
   */
  async exactly(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const some = await this.some(length - filled);
      if (some.length === 0) break;
      bytes.set(some, filled);
      filled += some.length;
    }
    return bytes.subarray(0, filled);
  }

  /** Gives the stream up. */
  async cancel(): Promise<void> {
    // What went wrong with the stream was thrown where it was read.
    await this.#reader.cancel().catch(() => {});
  }
}
