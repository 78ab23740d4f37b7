import { ByteCursor } from "./byte_cursor.ts";
import { crc32c, maskCrc32c } from "./crc32c.ts";
import { readBlock, type TableEntry } from "./read_block.ts";
import { decompressSnappy } from "./snappy.ts";
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
