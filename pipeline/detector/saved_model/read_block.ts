import { ByteCursor } from "./byte_cursor.ts";
import { unreadableModel } from "./unreadable_model.ts";

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
export function* readBlock(block: Uint8Array, path: string): Generator<TableEntry> {
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
