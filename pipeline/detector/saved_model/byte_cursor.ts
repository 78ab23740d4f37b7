import { unreadableModel } from "./unreadable_model.ts";

/** Reads a LevelDB block from its start to its end; what runs over the end is a fault. */
export class ByteCursor {
  readonly #bytes: Uint8Array;
  readonly #path: string;
  #at = 0;

  /**
   * @param bytes What to read.
   * @param path The file that they are of, for the fault's sentence.
   */
  constructor(bytes: Uint8Array, path: string) {
    this.#bytes = bytes;
    this.#path = path;
  }

  /** Whether all is read. */
  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Reads a whole number of seven bits a byte, low bits first, up to 2⁵³ − 1. */
  varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.take(1)[0];
      value += (byte & 127) * scale;
      if (byte < 128 && Number.isSafeInteger(value)) return value;
    }
    throw unreadableModel(this.#path, "it is damaged: a number in its table is too large");
  }

  /** Takes the next bytes, not copied. */
  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) {
      throw unreadableModel(this.#path, "it is damaged: an entry runs over the end of its block");
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
