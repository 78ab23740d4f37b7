import type { RangeSource } from "../../places/mod.ts";
import type { FlacLayout } from "./audio_extent.ts";
import { isAlike, mostHeaderBytes, parseBlockHeader, startFrameOf } from "./block_header.ts";
import { findBlock, mostBlockBytes } from "./find_block.ts";
import type { SeekPoint } from "./find_metadata.ts";

/** Bytes before the estimate of a place where it is looked for. */
const leadBytes = 16 * 1024;
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
    const ahead = Math.floor(span * (step % 3 === 2 ? 0.5 : share)) - leadBytes;
    const from = low.offset + Math.max(1, ahead);
    const search = { from, stop: high.offset, most: 2 * mostBlockBytes };
    const found = await findBlock(source, layout, search);
    // A number that is out of order is of another file's block behind this one's.
    const isIn = found && found.startFrame > low.startFrame && found.startFrame < high.startFrame;
    if (!isIn) high = { ...high, offset: from };
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
  const header = parseBlockHeader(await source.read(offset, mostHeaderBytes), 0);
  return header !== undefined && isAlike(header, layout) &&
    startFrameOf(header, layout) === startFrame;
}
