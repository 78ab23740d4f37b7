import { ByteCursor, crc32c, maskCrc32c } from "./bytes.ts";
import { unreadableModel } from "./unreadable_model.ts";

const FOOTER_BYTES = 48;
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
/** One byte for the compression and four for the checksum. */
const TRAILER_BYTES = 5;
/** The largest networks have some thousands of variables. */
const MAX_ENTRIES = 65_536;
/** Far over the index of any of them, decompressed. */
const MAX_TABLE_BYTES = 64 * 2 ** 20;

interface Span {
  offset: number;
  size: number;
}

/**
 * Reads a sorted table as LevelDB and TensorFlow write it (leveldb/doc/table_format.md): a footer
 * that says where the index block is, which says where the data blocks are. The checksum of each
 * block is verified, and the keys must rise.
 *
 * @param bytes The whole file.
 * @param path Its path, for the fault's sentence.
 * @returns All entries, in the order of their keys.
 * @throws {MegapteraError} `data` where it is no such table, damaged, or compressed but by
 * Snappy.
 */
export function readTable(bytes: Uint8Array, path: string): TableEntry[] {
  const footer = bytes.subarray(Math.max(0, bytes.length - FOOTER_BYTES));
  if (footer.length < FOOTER_BYTES || MAGIC.some((byte, i) => footer[i + 40] !== byte)) {
    throw unreadableModel(
      path,
      `it is cut or no checkpoint index: its last bytes are not a table's (${bytes.length} bytes)`,
    );
  }
  const handles = new ByteCursor(footer.subarray(0, 40), path);
  readSpan(handles); // the meta index, which holds nothing that is needed
  let left = MAX_TABLE_BYTES;
  const readAt = (span: Span): Generator<TableEntry> => {
    const block = checkedBlock(bytes, span, left, path);
    left -= block.length;
    return readBlock(block, path);
  };
  const entries: TableEntry[] = [];
  let free = 0;
  for (const { value } of readAt(readSpan(handles))) {
    const span = readSpan(new ByteCursor(value, path));
    // Blocks that overlap would let a small file ask for work without end.
    if (span.offset < free) throw unreadableModel(path, "it is damaged: its blocks overlap");
    free = span.offset + span.size + TRAILER_BYTES;
    for (const entry of readAt(span)) {
      if (entries.length > 0 && !isBefore(entries[entries.length - 1].key, entry.key)) {
        throw unreadableModel(path, "it is damaged: its keys are out of order");
      }
      if (entries.push(entry) > MAX_ENTRIES) {
        throw unreadableModel(path, `it has more than ${MAX_ENTRIES} entries`);
      }
    }
  }
  return entries;
}

function readSpan(cursor: ByteCursor): Span {
  return { offset: cursor.varint(), size: cursor.varint() };
}

function checkedBlock(
  bytes: Uint8Array,
  { offset, size }: Span,
  mostBytes: number,
  path: string,
): Uint8Array {
  const end = offset + size;
  if (end + TRAILER_BYTES > bytes.length - FOOTER_BYTES) {
    throw unreadableModel(path, `it is damaged: a block lies at byte ${offset}, beyond its end`);
  }
  const stored = new DataView(bytes.buffer, bytes.byteOffset + end + 1, 4).getUint32(0, true);
  if (maskCrc32c(crc32c(bytes.subarray(offset, end + 1))) !== stored) {
    throw unreadableModel(path, `it is damaged: the checksum of its block at ${offset} is wrong`);
  }
  const block = bytes.subarray(offset, end);
  if (bytes[end] === 0) return block;
  if (bytes[end] === 1) return decompressSnappy(block, mostBytes, path);
  throw unreadableModel(
    path,
    `its table is compressed (type ${bytes[end]}), which is not supported`,
  );
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    if (a[i] !== b[i]) return a[i] < b[i];
  }
  return a.length < b.length;
}

/** Far over the longest key of a checkpoint; keeps shared prefixes from adding up. */
const MAX_KEY_BYTES = 2048;

/** One entry of a table. */
export interface TableEntry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * Reads the entries of a LevelDB block: each has varints (bytes shared with the key before, bytes
 * of its own, bytes of the value), the key's own bytes and the value; restart points follow
 * (leveldb/doc/table_format.md). They are for searching and not needed to read all.
 *
 * @param block The block's content, without its trailer.
 * @param path The file that it is of, for the fault's sentence.
 * @returns The entries one after another; values are not copied.
 * @throws {MegapteraError} `data` where an entry does not fit.
 */
function* readBlock(block: Uint8Array, path: string): Generator<TableEntry> {
  const entries = new ByteCursor(block.subarray(0, entriesEnd(block, path)), path);
  let before = new Uint8Array(0);
  while (!entries.isAtEnd) {
    const shared = entries.varint();
    const own = entries.varint();
    const valueBytes = entries.varint();
    if (shared > before.length || shared + own > MAX_KEY_BYTES) {
      throw unreadableModel(path, "it is damaged: a key of its table has an impossible length");
    }
    const key = new Uint8Array(shared + own);
    key.set(before.subarray(0, shared));
    key.set(entries.take(own), shared);
    yield { key, value: entries.take(valueBytes) };
    before = key;
  }
}

function entriesEnd(block: Uint8Array, path: string): number {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const restarts = block.length < 4 ? -1 : view.getUint32(block.length - 4, true);
  const end = block.length - 4 - 4 * restarts;
  if (restarts < 0 || end < 0) {
    throw unreadableModel(path, "it is damaged: a block is shorter than its restart points");
  }
  return end;
}

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
