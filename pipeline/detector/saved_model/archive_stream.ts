import type { RangeSource } from "../../recording/source.ts";
import { unreadableModel } from "./unreadable_model.ts";

/** Deflate grows bytes up to 1,032 times, so that a piece of the tar takes 68 MB at most. */
const PIECE_BYTES = 1 << 16;
/** Where a tar header says `ustar`. */
const TAR_MAGIC_AT = 257;

/**
 * Streams the tar that an archive holds. Some browsers undo gzip while they download, so a plain
 * tar is taken as well.
 *
 * @param source The archive.
 * @param path Its path, for the fault's sentence.
 * @returns The tar's bytes, unzipped as they are read.
 * @throws {MegapteraError} `data` where the file is no such archive.
 */
export async function archiveStream(
  source: RangeSource,
  path: string,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const start = await source.read(0, TAR_MAGIC_AT + 5);
  if (start[0] === 0x1f && start[1] === 0x8b) {
    return bytesOf(source).pipeThrough(new DecompressionStream("gzip"));
  }
  if (new TextDecoder("latin1").decode(start.subarray(TAR_MAGIC_AT)) === "ustar") {
    return bytesOf(source);
  }
  throw unreadableModel(path, "it is neither a SavedModel's folder nor a .tar.gz archive of one");
}

function bytesOf(source: RangeSource): ReadableStream<Uint8Array<ArrayBuffer>> {
  let offset = 0;
  return new ReadableStream({
    async pull(controller): Promise<void> {
      const bytes = await source.read(offset, PIECE_BYTES);
      offset += bytes.length;
      if (bytes.length > 0) controller.enqueue(bytes);
      else controller.close();
    },
  }, { highWaterMark: 0 });
}
