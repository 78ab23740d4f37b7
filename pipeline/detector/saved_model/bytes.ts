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

/** Castagnoli's polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;
const MASK_DELTA = 0xa282ead8;
/** Eight tables of 256: table k moves a byte's remainder k bytes further. */
const TABLES = makeTables();

function makeTables(): Uint32Array {
  const tables = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? remainder >>> 1 ^ POLYNOMIAL : remainder >>> 1;
    }
    tables[byte] = remainder;
  }
  for (let i = 256; i < tables.length; i++) {
    tables[i] = tables[i - 256] >>> 8 ^ tables[tables[i - 256] & 255];
  }
  return tables;
}

/**
 * Computes CRC-32C (Castagnoli, RFC 3720 appendix B.4), eight bytes a step ("slicing by 8",
 * Kounavis and Berry 2005).
 *
 * @param bytes What to sum up.
 * @param before The sum of what comes before, 0 at the start.
 * @returns The sum, 0 to 2³² − 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { crc32c } from "./bytes.ts";
 * assert.equal(crc32c(new TextEncoder().encode("123456789")), 0xe3069283);
 * ```
 */
export function crc32c(bytes: Uint8Array, before: number = 0): number {
  const t = TABLES;
  let crc = ~before;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    crc ^= bytes[i] | bytes[i + 1] << 8 | bytes[i + 2] << 16 | bytes[i + 3] << 24;
    crc = t[1792 + (crc & 255)] ^ t[1536 + (crc >>> 8 & 255)] ^
      t[1280 + (crc >>> 16 & 255)] ^ t[1024 + (crc >>> 24)] ^
      t[768 + bytes[i + 4]] ^ t[512 + bytes[i + 5]] ^ t[256 + bytes[i + 6]] ^ t[bytes[i + 7]];
  }
  for (; i < bytes.length; i++) crc = t[(crc ^ bytes[i]) & 255] ^ crc >>> 8;
  return ~crc >>> 0;
}

/**
 * Masks a CRC as LevelDB and TensorFlow store it, so that a CRC over bytes that hold CRCs is not
 * weak: rotated right by 15 bits, plus a constant (leveldb/util/crc32c.h).
 *
 * @param crc A CRC-32C.
 * @returns What is stored.
 */
export function maskCrc32c(crc: number): number {
  return ((crc >>> 15 | crc << 17) + MASK_DELTA) >>> 0;
}
