import type { RangeSource } from "../places/mod.ts";

const windowBytes = 4096;

/** Looks into a source at small places; looks that lie close together cost one read. */
export class ByteWindow {
  readonly source: RangeSource;
  #start = 0;
  #bytes = new Uint8Array(0);

  /** @param source Where the bytes come from. */
  constructor(source: RangeSource) {
    this.source = source;
  }

  /**
   * Looks at `[offset, offset + length)`, cut at the end of the source.
   *
   * @param offset First byte, an integer ≥ 0.
   * @param length Number of bytes, 0 to 4096.
   * @returns A view of those bytes, shorter where the source ends before.
   */
  async look(offset: number, length: number): Promise<DataView> {
    const stop = Math.max(offset, Math.min(offset + length, this.source.sizeBytes));
    if (offset < this.#start || stop > this.#start + this.#bytes.length) {
      this.#bytes = await this.source.read(offset, windowBytes);
      this.#start = offset;
    }
    const at = this.#bytes.byteOffset + offset - this.#start;
    return new DataView(this.#bytes.buffer, at, stop - offset);
  }
}

/**
 * Reads four bytes as text, as chunks of RIFF files are named.
 *
 * @param view Bytes, at least `at + 4`.
 * @param at Where the name begins.
 * @returns Four characters, Latin-1.
 */
export function fourCharacters(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}
