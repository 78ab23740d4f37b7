import { type RangeSource, SourceFault } from "../../places/mod.ts";
import type { Recording } from "../recording.ts";
import { readSaidStarts } from "../said_starts.ts";
import { harpTable } from "../wav/harp_table.ts";
import { audioExtent } from "./audio_extent.ts";
import { findMetadata } from "./find_metadata.ts";
import { FlacRecording } from "./flac_recording.ts";
import { keptRiff } from "./kept_riff.ts";

/**
 * Opens a FLAC file: 4 to 32 bits, one to eight channels, blocks of fixed or varying size, with or
 * without a seek table or a number of frames in its header. Samples are the integers divided by
 * 2^(bits − 1), exactly up to 24 bits. Reading forwards goes on from where the last read ended, and a
 * jump reads about 100 kB to find its place. A damaged block costs its own frames.
 *
 * Format: RFC 9639.
 *
 * @param source The file's bytes. It is closed with the recording, or at once where this throws.
 * @returns The recording; where its header cannot be true and audio is there, with warnings.
 * @throws {MegapteraError} `data` where the file cannot be read, in one sentence that names it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openFlac } from "./open_flac.ts";
 * const text = new TextEncoder().encode("not audio");
 * const source = {
 *   uri: "memory:a.flac",
 *   sizeBytes: text.length,
 *   version: "1",
 *   read: (offset: number, length: number) => Promise.resolve(text.slice(offset, offset + length)),
 *   close: () => {},
 * };
 * await assert.rejects(openFlac(source), /not a FLAC file/);
 * ```
 */
export async function openFlac(source: RangeSource): Promise<Recording> {
  let seconds = 0;
  try {
    const metadata = await findMetadata(source);
    seconds = metadata.info.declaredFrames / metadata.info.sampleRateHz;
    const { layout, warnings } = await audioExtent(source, metadata);
    const { chunks, dataOffset } = await keptRiff(source, metadata.riffParts);
    const { channels, bits, frames, sampleRateHz } = layout;
    const frameBytes = channels * Math.ceil(bits / 8);
    const table = await harpTable(source, chunks, { dataOffset, frameBytes, frames, sampleRateHz });
    const said = await readSaidStarts(source, [...metadata.tags, ...chunks]);
    return new FlacRecording(source, metadata.seekPoints, layout, {
      saidStarts: said.saidStarts,
      stretches: table.stretches,
      warnings: [...warnings, ...table.warnings, ...said.warnings],
    });
  } catch (error) {
    source.close();
    const { sizeBytes } = source;
    throw SourceFault.withLength(error, { sizeBytes, ...(seconds > 0 && { seconds }) });
  }
}
