import { MegapteraError } from "../errors.ts";

/**
 * The text of a score file for the strict reader.
 *
 * @param bytes The file.
 * @param name How to name it in errors.
 * @returns Its text; a mark of byte order is left in it.
 * @throws {MegapteraError} `data` where it is UTF-16.
 */
export function decodeScoreText(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (marked || (bytes.length > 1 && (first === 0) !== (second === 0))) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as it is UTF-16: a score file is UTF-8; save it again as that.`,
    );
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
