import type { RangeSource } from "../source.ts";
import { sourceName } from "../source_name.ts";
import { unreadable } from "../unreadable.ts";
import { chunksToEnd } from "./find_chunks.ts";
import type { WavChunks } from "./find_chunks.ts";

/** The whole frames that a file holds. */
export interface AudioSpan {
  readonly frames: number;
  /** Sentences on what was not believed or dropped. */
  readonly warnings: readonly string[];
}

/**
 * Decides how many whole frames there are. Recorders that lose power leave sizes of 0, of −1, or
 * of what they meant to record: such a size is not believed, and what is there is read.
 *
 * @param source The file.
 * @param chunks Where its audio lies and the size it declares.
 * @param frameBytes Bytes of one frame, ≥ 1.
 * @returns The number of frames, ≥ 1, and warnings.
 * @throws {MegapteraError} `data` where there is not one whole frame.
 */
export async function audioSpan(
  source: RangeSource,
  chunks: WavChunks,
  frameBytes: number,
): Promise<AudioSpan> {
  const { dataOffset, declaredBytes } = chunks;
  const present = Math.max(0, source.sizeBytes - dataOffset);
  const believed = await isBelieved(source, chunks, present);
  const bytes = believed ? declaredBytes : present;
  const frames = Math.floor(bytes / frameBytes);
  if (frames === 0) {
    throw unreadable(source, `it is a header without audio: ${bytes} bytes follow it`);
  }
  const warnings: string[] = [];
  const name = sourceName(source);
  if (!believed) {
    const there = `${present} bytes are there, which are read`;
    warnings.push(`The header of ${name} declares ${declaredBytes} bytes of audio: ${there}.`);
  }
  const rest = bytes - frames * frameBytes;
  if (rest > 0) {
    const last = `of its last frame only ${rest} of ${frameBytes} bytes`;
    const verb = rest === 1 ? "is" : "are";
    warnings.push(`The audio of ${name} is cut short: ${last} ${verb} there, so it is dropped.`);
  }
  const left = believed && await whatIsLeft(source, chunks);
  if (left) warnings.push(`The audio of ${name} ends before the file does: ${left}.`);
  return { frames, warnings };
}

/**
 * Bytes behind the audio that may be audio too: a recorder that stopped before it wrote its last
 * header leaves them, as does one that set aside space. Which of the two is not known, so they are
 * not read; but what may be lost is said.
 */
async function whatIsLeft(source: RangeSource, chunks: WavChunks): Promise<string | undefined> {
  const { dataOffset, declaredBytes } = chunks;
  const stop = dataOffset + declaredBytes;
  const left = source.sizeBytes - stop;
  if (left < 8) return undefined; // padding, or too little to matter
  const names = await chunksToEnd(source, stop, declaredBytes);
  if (names === undefined) return `${left} bytes behind it are no chunk, and are not read`;
  return names.includes("data") ? 'its second "data" chunk is not read' : undefined;
}

async function isBelieved(
  source: RangeSource,
  { dataOffset, declaredBytes }: WavChunks,
  present: number,
): Promise<boolean> {
  if (declaredBytes > present || declaredBytes === 0xffffffff) return false;
  // No chunks of 4 GiB follow audio: a size of 32 bits ran over.
  if (declaredBytes < 2 ** 32 && present - declaredBytes >= 2 ** 32) return false;
  return declaredBytes > 0 || await chunksToEnd(source, dataOffset, 0) !== undefined;
}
