import { crc32c, maskCrc32c } from "../../../../pipeline/detector/saved_model/bytes.ts";

/** How a table is written; the rest is as TensorFlow does it. */
export interface TableOptions {
  /** Entries of a data block (16). */
  entriesPerBlock?: number;
  /** Changes blocks before they are sealed with a right checksum. */
  editBlock?: (block: Uint8Array) => Uint8Array;
  /** Compression type that blocks claim (0, none). */
  compression?: number;
}

/** Writes a LevelDB table (leveldb/doc/table_format.md); the keys must be in order. */
export function writeTable(
  entries: readonly (readonly [key: Uint8Array, value: Uint8Array])[],
  options: TableOptions = {},
): Uint8Array<ArrayBuffer> {
  const { entriesPerBlock = 16, editBlock = (block) => block, compression = 0 } = options;
  const file: number[] = [];
  const append = (entries: readonly (readonly [Uint8Array, Uint8Array])[]): number[] => {
    const block = editBlock(writeBlock(entries));
    const handle = [...varint(file.length), ...varint(block.length)];
    const sealed = Uint8Array.of(...block, compression);
    file.push(...sealed, ...u32(maskCrc32c(crc32c(sealed))));
    return handle;
  };
  const index: [Uint8Array, Uint8Array][] = [];
  for (let i = 0; i < entries.length; i += entriesPerBlock) {
    const part = entries.slice(i, i + entriesPerBlock);
    index.push([part.at(-1)![0], Uint8Array.from(append(part))]);
  }
  const handles = [...append([]), ...append(index)];
  const padding = new Array(40 - handles.length).fill(0);
  const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
  return Uint8Array.from([...file, ...handles, ...padding, ...magic]);
}

function writeBlock(entries: readonly (readonly [Uint8Array, Uint8Array])[]): Uint8Array {
  const bytes: number[] = [];
  const restarts: number[] = [];
  let before = new Uint8Array(0);
  entries.forEach(([key, value], i) => {
    if (i % 16 === 0) {
      restarts.push(bytes.length);
      before = new Uint8Array(0);
    }
    let shared = 0;
    while (shared < Math.min(key.length, before.length) && key[shared] === before[shared]) shared++;
    bytes.push(...varint(shared), ...varint(key.length - shared), ...varint(value.length));
    bytes.push(...key.subarray(shared), ...value);
    before = new Uint8Array(key);
  });
  if (restarts.length === 0) restarts.push(0);
  return Uint8Array.from([...bytes, ...restarts.flatMap(u32), ...u32(restarts.length)]);
}

export function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 | 128);
  return [...bytes, value];
}

export function u32(value: number): number[] {
  return [value & 255, value >>> 8 & 255, value >>> 16 & 255, value >>> 24];
}
