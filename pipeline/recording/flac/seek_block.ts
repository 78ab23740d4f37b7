import type { RangeSource } from "../source.ts";
import type { FlacLayout } from "./audio_extent.ts";
import { mostHeaderBytes, parseBlockHeader } from "./block_header.ts";
import { blockStop, findHeaders } from "./find_headers.ts";
import type { SeekPoint } from "./find_metadata.ts";
import { mostBlockBytes } from "./stream_info.ts";

/** Bytes read to find a block about a place. */
const probeBytes = 32 * 1024;
/** Bytes before the frame that are read through instead of looking on. */
const nearBytes = 64 * 1024;
/** Halving alone takes 40 steps for a file of 64 PB; a third of the steps halve. */
const mostSteps = 120;

/**
 * Finds a block at or shortly before a frame: by the seek table where it is true, then by looking
 * for whole blocks where the frame should lie.
 *
 * @param source The file.
 * @param layout Where its blocks lie.
 * @param seekPoints Its seek table.
 * @param frame The frame wanted, 0 ≤ frame < layout.frames.
 * @returns Where a block begins, and its first frame, which is `frame` or before.
 */
export async function seekBlock(
  source: RangeSource,
  layout: FlacLayout,
  seekPoints: readonly SeekPoint[],
  frame: number,
): Promise<SeekPoint> {
  let low: SeekPoint = { startFrame: 0, offset: layout.audioOffset };
  let high: SeekPoint = { startFrame: layout.frames, offset: layout.stopOffset };
  const before = seekPoints.findLast((point) => point.startFrame <= frame);
  const after = seekPoints.find((point) => point.startFrame > frame);
  if (before && await isTrue(source, layout, before)) low = before;
  if (after && await isTrue(source, layout, after)) high = after;
  for (let step = 0; step < mostSteps; step++) {
    const span = high.offset - low.offset;
    const share = (frame - low.startFrame) / (high.startFrame - low.startFrame);
    if (span * share <= nearBytes) break;
    const ahead = Math.floor(span * (step % 3 === 2 ? 0.5 : share)) - probeBytes / 2;
    const from = low.offset + Math.max(1, ahead);
    const found = await wholeBlock(source, layout, from, high.offset);
    if (found === undefined) high = { ...high, offset: from };
    else if (found.startFrame > frame) high = { startFrame: found.startFrame, offset: from };
    else low = found;
  }
  return low;
}

async function isTrue(
  source: RangeSource,
  layout: FlacLayout,
  { offset, startFrame }: SeekPoint,
): Promise<boolean> {
  if (offset < layout.audioOffset || offset >= layout.stopOffset) return false;
  const bytes = await source.read(offset, mostHeaderBytes);
  return parseBlockHeader(bytes, 0, layout)?.startFrame === startFrame;
}

/** The first block that is whole from a place on, or undefined where there is none. */
async function wholeBlock(
  source: RangeSource,
  layout: FlacLayout,
  from: number,
  stop: number,
): Promise<SeekPoint | undefined> {
  for (let length = probeBytes;; length *= 4) {
    const bytes = await source.read(from, Math.min(length, stop + mostHeaderBytes - from));
    const headers = findHeaders(bytes, layout);
    for (let i = 0; i < headers.length; i++) {
      if (blockStop(bytes, headers, i) !== undefined) {
        return { startFrame: headers[i].startFrame, offset: from + headers[i].at };
      }
    }
    if (bytes.length < length || length > 2 * mostBlockBytes) return undefined;
  }
}
