import { quoted, unreadableModel } from "./unreadable_model.ts";

/** Length of a header, and what bodies are padded to a multiple of. */
export const TAR_BLOCK_BYTES = 512;

/** One entry's header. */
export interface TarHeader {
  /** Its name with the prefix, as the archive spells it. */
  readonly name: string;
  /** The type flag: `0` a regular file, `5` a folder, `x` and `g` a pax header. */
  readonly type: string;
  /** Length of its body. */
  readonly size: number;
}

/**
 * Decodes a tar header (POSIX.1-2017, pax, "ustar Interchange Format").
 *
 * @param block 512 bytes.
 * @param path The archive, for the fault's sentence.
 * @returns The header, or nothing for a block of zeros, which ends an archive.
 * @throws {MegapteraError} `data` where the checksum is wrong or the size is no octal number.
 */
export function decodeTarHeader(block: Uint8Array, path: string): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const prefix = textAt(block, 257, 6) === "ustar" && block[262] === 0
    ? textAt(block, 345, 155)
    : "";
  const name = `${prefix}${prefix && "/"}${textAt(block, 0, 100)}`;
  // The checksum is taken with its own field as spaces.
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (octalAt(block, 148, 8) !== sum) {
    throw unreadableModel(path, "it is damaged: the checksum of a header in the archive is wrong");
  }
  const size = octalAt(block, 124, 12);
  if (Number.isNaN(size)) {
    throw unreadableModel(path, `the size of its entry ${quoted(name)} is not an octal number`);
  }
  return { name, type: block[156] === 0 ? "0" : String.fromCharCode(block[156]), size };
}

function textAt(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octalAt(block: Uint8Array, at: number, length: number): number {
  const digits = textAt(block, at, length).trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
}
