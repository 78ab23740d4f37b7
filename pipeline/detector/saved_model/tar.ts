import { quoted, unreadableModel } from "./unreadable_model.ts";

const BLOCK_BYTES = 512;
/** Far over any SavedModel of a detector, unpacked. */
const MAX_BYTES = 512 * 2 ** 20;
/** Far over any name; keeps a hostile archive from filling memory. */
const MAX_HEADER_BYTES = 2 ** 20;

/** An entry of an archive. */
export interface TarEntry {
  /** Name as the archive spells it, wherever that stands. */
  readonly name: string;
  /** The type flag: `0` a regular file, `5` a folder, `1` and `2` links. */
  readonly type: string;
  /** Bytes of the entry, to be read to their end, or not at all, before the next entry. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Name and size that headers of their own give the entry after them. */
interface ExtendedHeader {
  readonly name?: string;
  readonly size?: number;
}

/**
 * Walks through a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"; the long names of GNU
 * tar), of which one piece at a time is held.
 *
 * @param pieces Its bytes, in pieces of any length.
 * @param path The archive, for the fault's sentence.
 * @returns The entries one after another.
 * @throws {MegapteraError} `data` where it is cut, damaged, or over 512 MiB unpacked.
 */
export async function* tarEntries(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<TarEntry> {
  await using bytes = new Pieces(pieces);
  let extended: ExtendedHeader = {};
  for (;;) {
    const header = await nextHeader(bytes, path);
    if (!header) break;
    const isExtended = "xgLK".includes(header.type);
    const { name, size, type } = isExtended ? header : { ...header, ...extended };
    if (!(Number.isSafeInteger(size) && size >= 0)) {
      throw unreadableModel(path, `the size of its entry ${quoted(name)} is no whole number`);
    }
    if (bytes.count + size > MAX_BYTES) {
      const where = `more than ${MAX_BYTES} bytes at its entry ${quoted(name)}`;
      throw unreadableModel(path, `it is too large: ${where}`);
    }
    const body = bodyOf(bytes, { name, size }, path);
    if (isExtended) {
      if (size > MAX_HEADER_BYTES) {
        throw unreadableModel(path, `a header in it is too large: ${size} bytes`);
      }
      extended = { ...extended, ...readExtendedHeader(type, await whole(body, size), path) };
      continue;
    }
    if (type === "S") throw sparse(path);
    extended = {};
    yield { name, type, body };
    for await (const _ of body); // what nobody read
  }
  // What follows is padding; it is read to its end since gzip's own checksum stands there.
  for (let some = await bytes.some(); some.length > 0; some = await bytes.some()) {
    if (bytes.count > MAX_BYTES || some.some((byte) => byte !== 0)) {
      throw unreadableModel(path, "it goes on after the archive's end");
    }
  }
}

async function nextHeader(bytes: Pieces, path: string): Promise<TarHeader | undefined> {
  const isFirst = bytes.count === 0;
  const block = await whole(bytes.exactly(BLOCK_BYTES), BLOCK_BYTES);
  const isWhole = block.length === BLOCK_BYTES;
  if (isWhole && block.every((byte) => byte === 0)) return undefined;
  const header = isWhole ? decodeTarHeader(block) : undefined;
  if (header) return header;
  if (isFirst) throw unreadableModel(path, "what is packed in it is no tar archive");
  if (!isWhole) throw unreadableModel(path, "it is cut: the archive has no end mark");
  throw unreadableModel(path, "it is damaged: the checksum of a header in the archive is wrong");
}

/** An entry's header. */
interface TarHeader {
  name: string;
  type: string;
  /** NaN where it is no octal number. */
  size: number;
}

/**
 * Decodes a tar header.
 *
 * @param block 512 bytes.
 * @returns The header; nothing where its checksum is wrong, so that it is none.
 */
export function decodeTarHeader(block: Uint8Array): TarHeader | undefined {
  // The checksum is taken with its own field as spaces.
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (octalAt(block, 148, 8) !== sum) return undefined;
  // GNU's own kind has other things where POSIX has the beginning of a long name.
  const isPosix = textAt(block, 257, 6) === "ustar";
  const prefix = isPosix ? textAt(block, 345, 155) : "";
  return {
    name: `${prefix}${prefix && "/"}${textAt(block, 0, 100)}`,
    type: block[156] === 0 ? "0" : String.fromCharCode(block[156]),
    size: octalAt(block, 124, 12),
  };
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

/** Reads the body of a header of its own: pax records (`x`, `g`) or GNU tar's long name (`L`). */
function readExtendedHeader(type: string, body: Uint8Array, path: string): ExtendedHeader {
  if (type === "L") return { name: textAt(body, 0, body.length) };
  if (type === "K") return {}; // where a link points to
  const records = paxRecords(body, path);
  if ([...records.keys()].some((key) => key.startsWith("GNU.sparse"))) throw sparse(path);
  const [name, size] = [records.get("path"), records.get("size")];
  if (type === "g" && (name ?? size) !== undefined) {
    throw unreadableModel(path, "a pax header in it gives all entries the same name or size");
  }
  return { ...(name === undefined ? {} : { name }), ...(size ? { size: Number(size) } : {}) };
}

/** Records of the form `LENGTH KEY=VALUE` and a line feed, the length being that of all this. */
function paxRecords(body: Uint8Array, path: string): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(32, at);
    const digits = new TextDecoder().decode(body.subarray(at, Math.max(at, space)));
    const end = at + (/^\d+$/.test(digits) ? Number(digits) : NaN);
    const [, key, value] = /^([^=]+)=(.*)\n$/s.exec(
      new TextDecoder().decode(body.subarray(space + 1, end)),
    ) ?? [];
    if (!(end <= body.length) || key === undefined) {
      throw unreadableModel(path, "it is damaged: a pax header in the archive can't be read");
    }
    records.set(key, value);
    at = end;
  }
  return records;
}

function sparse(path: string): Error {
  return unreadableModel(path, "a file in it is stored with holes: pack it without --sparse");
}

async function* bodyOf(
  bytes: Pieces,
  { name, size }: { name: string; size: number },
  path: string,
): AsyncGenerator<Uint8Array> {
  const padded = Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  let done = 0;
  for await (const some of bytes.exactly(padded)) {
    if (done < size) yield some.subarray(0, size - done);
    done += some.length;
  }
  if (done < padded) {
    throw unreadableModel(path, `it is cut: its entry ${quoted(name)} ends after ${done} bytes`);
  }
}

async function whole(pieces: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  for await (const piece of pieces) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes.subarray(0, filled);
}

/** Cuts a stream of pieces anew. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  /** Bytes that were taken. */
  count = 0;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#source = pieces[Symbol.asyncIterator]();
  }

  /** Takes the next bytes, as many as come at once; none at the end. */
  async some(atMost = Infinity): Promise<Uint8Array> {
    while (this.#piece.length === 0) {
      const { done, value } = await this.#source.next();
      if (done) return this.#piece;
      this.#piece = value;
    }
    const taken = this.#piece.subarray(0, atMost);
    this.#piece = this.#piece.subarray(taken.length);
    this.count += taken.length;
    return taken;
  }

  /** Takes a number of bytes, or fewer where the stream ends before, piece by piece. */
  async *exactly(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      const some = await this.some(left);
      if (some.length === 0) return;
      left -= some.length;
      yield some;
    }
  }

  /** Lets go of where the bytes come from. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source.return?.();
  }
}
