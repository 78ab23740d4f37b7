import { ByteCursor } from "./byte_cursor.ts";
import { unreadableModel } from "./unreadable_model.ts";

/**
 * Decompresses a Snappy block (google/snappy, format_description.txt): the length as a varint, then
 * literals, and copies of what came before.
 *
 * @param block The block.
 * @param mostBytes How long it may become.
 * @param path The file that it is of, for the fault's sentence.
 * @returns What was compressed.
 * @throws {MegapteraError} `data` where it is damaged or becomes too long.
 */
export function decompressSnappy(
  block: Uint8Array,
  mostBytes: number,
  path: string,
): Uint8Array<ArrayBuffer> {
  const cursor = new ByteCursor(block, path);
  const length = cursor.varint();
  if (length > mostBytes) {
    throw unreadableModel(path, `a block of its table becomes too long: ${length} bytes`);
  }
  const damaged = (): Error =>
    unreadableModel(path, "it is damaged: a block of its table can't be decompressed");
  const result = new Uint8Array(length);
  let filled = 0;
  /** A whole number of 0 to 4 bytes, low bytes first. */
  const number = (bytes: number): number =>
    cursor.take(bytes).reduceRight((value, byte) => value * 256 + byte, 0);
  while (!cursor.isAtEnd) {
    const tag = number(1);
    const high = tag >>> 2;
    if ((tag & 3) === 0) {
      // Lengths over 60 stand in 1 to 4 bytes of their own.
      const literal = cursor.take(1 + (high < 60 ? high : number(high - 59)));
      if (literal.length > length - filled) throw damaged();
      result.set(literal, filled);
      filled += literal.length;
      continue;
    }
    const isShort = (tag & 3) === 1;
    const count = isShort ? 4 + (high & 7) : 1 + high;
    const back = isShort ? (tag >>> 5) * 256 + number(1) : number((tag & 3) === 2 ? 2 : 4);
    if (back === 0 || back > filled || count > length - filled) throw damaged();
    // One by one, since a copy may run into itself.
    for (const end = filled + count; filled < end; filled++) result[filled] = result[filled - back];
  }
  if (filled < length) throw damaged();
  return result;
}
