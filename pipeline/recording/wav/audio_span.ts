import type { RangeSource } from "../source.ts";
import { sourceName } from "../source_name.ts";
import { unreadable } from "../unreadable.ts";
import { chunksReachEnd } from "./find_chunks.ts";
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
  return { frames, warnings };
}

async function isBelieved(
  source: RangeSource,
  { dataOffset, declaredBytes }: WavChunks,
  present: number,
): Promise<boolean> {
  if (declaredBytes > present || declaredBytes === 0xffffffff) return false;
  // No chunks of 4 GiB follow audio: a size of 32 bits ran over.
  if (declaredBytes < 2 ** 32 && present - declaredBytes >= 2 ** 32) return false;
  return declaredBytes > 0 || await chunksReachEnd(source, dataOffset);
}
