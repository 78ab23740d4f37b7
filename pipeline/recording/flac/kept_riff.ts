import type { RangeSource } from "../../places/mod.ts";
import { type ChunkPlace, placeChunk } from "../said_starts.ts";
import { ByteWindow, fourCharacters } from "../wav/byte_window.ts";
import type { BytePlace } from "./find_metadata.ts";

/** Chunks of the WAV file that a FLAC file was made of. */
export interface KeptRiff {
  /** Where their bodies lie in the FLAC file. */
  readonly chunks: readonly ChunkPlace[];
  /** First byte of the audio in the WAV file, which a HARP's table counts from. */
  readonly dataOffset: number;
}

/**
 * Finds the chunks that `flac --keep-foreign-metadata` keeps of a WAV file: the file's head, each chunk
 * with its head and padding, and of the audio the chunk's head alone.
 *
 * Layout: https://github.com/xiph/flac/blob/master/doc/foreign_metadata_storage.md
 *
 * @param source The FLAC file.
 * @param parts Where they lie, in their order.
 * @returns The chunks, and where the audio lay.
 */
export async function keptRiff(
  source: RangeSource,
  parts: readonly BytePlace[],
): Promise<KeptRiff> {
  const window = new ByteWindow(source);
  const chunks: ChunkPlace[] = [];
  let [wavOffset, dataOffset] = [0, 0];
  for (const [i, { offset, size }] of parts.entries()) {
    wavOffset += size;
    if (i === 0 || size < 8) continue; // the file's own head
    const head = await window.look(offset, 8);
    const name = fourCharacters(head, 0);
    const bodyBytes = Math.min(head.getUint32(4, true), size - 8);
    if (name === "data") dataOffset = wavOffset;
    else chunks.push(await placeChunk(window, name, offset + 8, bodyBytes));
  }
  return { chunks, dataOffset };
}
