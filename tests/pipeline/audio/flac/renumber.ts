import { audioExtent } from "../../../../pipeline/audio/flac/audio_extent.ts";
import { crc16, crc8, parseBlockHeader } from "../../../../pipeline/audio/flac/block_header.ts";
import { readBlock, withSlack } from "../../../../pipeline/audio/flac/find_block.ts";
import { findMetadata } from "../../../../pipeline/audio/flac/find_metadata.ts";
import { MemorySource } from "../../places/memory_source.ts";

/** A block as it stands in its file. */
export interface RawBlock {
  readonly startFrame: number;
  readonly frames: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Cuts a file into what precedes its audio and its blocks. */
export async function cut(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ head: Uint8Array<ArrayBuffer>; blocks: RawBlock[] }> {
  const source = new MemorySource(bytes);
  const { layout } = await audioExtent(source, await findMetadata(source));
  const blocks: RawBlock[] = [];
  for (let at = layout.audioOffset; at < layout.stopOffset;) {
    const block = readBlock(withSlack(bytes), at, layout);
    if (typeof block === "string") throw new Error(`no block is at byte ${at}: ${block}`);
    const { startFrame, frames } = block;
    blocks.push({ startFrame, frames, bytes: bytes.slice(at, at + block.bytes) });
    at += block.bytes;
  }
  const head = bytes.slice(0, 42);
  // STREAMINFO alone: the last of the metadata.
  head[4] = 0x80;
  return { head, blocks };
}

/** A file of blocks of any sizes, numbered anew by their first frames. */
export function joinVariable(
  head: Uint8Array<ArrayBuffer>,
  blocks: readonly RawBlock[],
): Uint8Array<ArrayBuffer> {
  let startFrame = 0;
  const parts: Uint8Array[] = [];
  for (const block of blocks) {
    parts.push(renumbered(block, startFrame));
    startFrame += block.frames;
  }
  const info = head.slice();
  const view = new DataView(info.buffer);
  view.setUint16(8, 16);
  view.setUint16(10, 65535);
  // The sizes of blocks are not known, and the checksum of the samples isn't either.
  info.fill(0, 12, 18);
  view.setUint32(22, startFrame);
  info.fill(0, 26, 42);
  return concat([info, ...parts]);
}

/**
 * A file of `joinVariable` as encoders before 2007 wrote it: its headers don't say that they count
 * frames, which is told by the sizes of blocks in STREAMINFO alone.
 */
export function countedOld(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const old = bytes.slice();
  let at = 42;
  while (at < old.length) {
    const block = readBlock(withSlack(bytes), at, {
      sampleRateHz: (old[18] << 12) | (old[19] << 4) | (old[20] >> 4),
      channels: (old[20] >> 1 & 7) + 1,
      bits: ((old[20] & 1) << 4 | old[21] >> 4) + 1,
      blockFrames: 1,
    });
    if (typeof block === "string") throw new Error(`no block is at byte ${at}: ${block}`);
    const { headerBytes } = parseBlockHeader(bytes, at)!;
    old[at + 1] = 0xf8;
    old[at + headerBytes - 1] = crc8(old, at, at + headerBytes - 1);
    const stop = at + block.bytes - 2;
    const sum = crc16(old, at, stop);
    old.set([sum >> 8, sum & 255], stop);
    at += block.bytes;
  }
  return old;
}

function renumbered({ bytes }: RawBlock, startFrame: number): Uint8Array {
  const oldDigits = Math.max(1, Math.clz32(~(bytes[4] << 24)));
  const sizeCode = bytes[2] >> 4;
  const rateCode = bytes[2] & 15;
  const extra = (sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0) +
    (rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0);
  const bodyAt = 4 + oldDigits + extra + 1;
  const fields = bytes.subarray(4 + oldDigits, bodyAt - 1);
  const header = [0xff, 0xf9, bytes[2], bytes[3], ...coded(startFrame), ...fields];
  header.push(crc8(Uint8Array.from(header), 0, header.length));
  const block = concat([Uint8Array.from(header), bytes.subarray(bodyAt)]);
  const sum = crc16(block, 0, block.length - 2);
  block.set([sum >> 8, sum & 255], block.length - 2);
  return block;
}

/** A number of up to 36 bits as UTF-8 codes characters. */
function coded(value: number): number[] {
  if (value < 128) return [value];
  const digits: number[] = [];
  let rest = value;
  do {
    digits.unshift(0x80 | rest % 64);
    rest = Math.floor(rest / 64);
  } while (rest >= 2 ** (6 - digits.length));
  const ones = 0xff00 >> (digits.length + 1) & 0xff;
  return [ones | rest, ...digits];
}

/** Bytes one after another. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
