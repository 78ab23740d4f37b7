import { archiveEntry } from "./archive_entry.ts";
import type { ByteReader } from "./byte_reader.ts";
import { decodeTarHeader, TAR_BLOCK_BYTES, type TarHeader } from "./tar_header.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

const MAX_TOTAL_BYTES = 512 * 2 ** 20;
const MAX_PAX_BYTES = 2 ** 20;
/** Records that give the next entry another name, size or kind; nothing here needs any. */
const PAX_OVERRIDE = /\d+ (path|linkpath|size|GNU\.sparse[^=\n]*)=/;

/** A file of an archive. */
export interface TarFile {
  /** Relative to the model's folder, with `/`. */
  readonly name: string;
  /** Its bytes; to be read to the end before the next file. */
  readonly body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/**
 * Walks through the files of a SavedModel's tar, by the rules of {@linkcode archiveEntry} and within
 * 512 MiB for all.
 *
 * @param reader The tar.
 * @param path The archive, for the fault's sentence.
 * @returns The files one after another.
 * @throws {MegapteraError} `data` where the archive is cut, damaged, too large or not a
 * SavedModel's.
 */
export async function* tarFiles(reader: ByteReader, path: string): AsyncGenerator<TarFile> {
  let total = 0;
  const names = new Set<string>();
  for (let header = await next(reader, path); header; header = await next(reader, path)) {
    const { name, size, type } = header;
    total += TAR_BLOCK_BYTES + size;
    if (total > MAX_TOTAL_BYTES) {
      throw unreadableModel(
        path,
        `it is too large: more than ${MAX_TOTAL_BYTES} bytes at its entry ${quoted(name)}`,
      );
    }
    if (type === "x" || type === "g") {
      await skipPax(reader, header, path);
      continue;
    }
    const file = archiveEntry(header, path);
    const body = bodyOf(reader, header, path);
    if (file !== undefined) {
      if (names.has(file)) throw unreadableModel(path, `its entry ${quoted(name)} comes twice`);
      names.add(file);
      yield { name: file, body };
    } else {
      for await (const _ of body);
    }
  }
  // What follows is padding; it is read to its end since gzip's own checksum stands there.
  for (let some = await reader.some(1 << 16); some.length > 0; some = await reader.some(1 << 16)) {
    total += some.length;
    if (total > MAX_TOTAL_BYTES || some.some((byte) => byte !== 0)) {
      throw unreadableModel(path, "it goes on after the archive's end");
    }
  }
}

async function next(reader: ByteReader, path: string): Promise<TarHeader | undefined> {
  const block = await reader.exactly(TAR_BLOCK_BYTES);
  if (block.length < TAR_BLOCK_BYTES) {
    throw unreadableModel(path, "it is cut: the archive has no end mark");
  }
  return decodeTarHeader(block, path);
}

async function* bodyOf(
  reader: ByteReader,
  { name, size }: TarHeader,
  path: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const padded = Math.ceil(size / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
  for (let done = 0; done < padded;) {
    const some = await reader.some(padded - done);
    if (some.length === 0) {
      throw unreadableModel(path, `it is cut: its entry ${quoted(name)} ends after ${done} bytes`);
    }
    if (done < size) yield some.subarray(0, size - done);
    done += some.length;
  }
}

async function skipPax(reader: ByteReader, header: TarHeader, path: string): Promise<void> {
  if (header.size > MAX_PAX_BYTES) {
    throw unreadableModel(path, `a pax header in it is too large: ${header.size} bytes`);
  }
  let text = "";
  const decoder = new TextDecoder("latin1");
  for await (const some of bodyOf(reader, header, path)) text += decoder.decode(some);
  const override = PAX_OVERRIDE.exec(text);
  if (override) {
    const field = quoted(override[1]);
    throw unreadableModel(path, `a pax header in it gives an entry another ${field}`);
  }
}
