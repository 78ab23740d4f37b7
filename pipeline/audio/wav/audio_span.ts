import { type RangeSource, sourceName } from "../../places/mod.ts";
import { unreadable } from "../recording.ts";
import type { ChunkPlace } from "../said_starts.ts";
import { chunksToEnd, type WavChunks } from "./wav_chunks.ts";

/** The whole frames that a file holds. */
export interface AudioSpan {
  readonly frames: number;
  /** Sentences on what was not believed or dropped. */
  readonly warnings: readonly string[];
  /** The chunks behind the audio. */
  readonly behind: readonly ChunkPlace[];
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
  const stop = dataOffset + declaredBytes;
  // Less is padding, or too little to matter.
  if (!believed || source.sizeBytes - stop < 8) return { frames, warnings, behind: [] };
  const behind = await chunksToEnd(source, stop, declaredBytes);
  const left = whatIsLeft(source.sizeBytes - stop, behind);
  if (left) warnings.push(`The audio of ${name} ends before the file does: ${left}.`);
  return { frames, warnings, behind: behind ?? [] };
}

/** Beginnings of a file that was put behind another one, and passes for a chunk of it. */
const WHOLE_FILES = ["RIFF", "RF64", "BW64", "RIFX", "FORM", "fLaC"];

/**
 * Describes bytes behind the audio that may be audio too: a recorder that stopped before it wrote
 * its last header leaves them, as does one that set aside space. Which of the two is not known, so
 * they are not read; but what may be lost is said.
 */
function whatIsLeft(
  leftBytes: number,
  chunks: readonly ChunkPlace[] | undefined,
): string | undefined {
  if (chunks === undefined) return `${leftBytes} bytes behind it are no chunk, and are not read`;
  if (chunks.some(({ name }) => WHOLE_FILES.includes(name))) {
    return `${leftBytes} bytes behind it hold another file, which is not read: cut it in two`;
  }
  const hasMore = chunks.some(({ name }) => name === "data");
  return hasMore ? 'its second "data" chunk is not read' : undefined;
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
