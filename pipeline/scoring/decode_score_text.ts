import { MegapteraError } from "../../core/mod.ts";

/**
 * The text of a score file for the strict reader.
 *
 * @param bytes The file.
 * @param name How to name it in errors.
 * @returns Its text.
 * @throws {MegapteraError} `data` where it is UTF-16, or begins with a mark of byte order, which
 * nobody would see in what was found.
 */
export function decodeScoreText(bytes: Uint8Array, name: string): string {
  const [first, second, third] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (marked || (bytes.length > 1 && (first === 0) !== (second === 0))) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as it is UTF-16: a score file is UTF-8; save it again as that.`,
    );
  }
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as it begins with a mark of byte order (UTF-8 with BOM): save it ` +
        "again without.",
    );
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
