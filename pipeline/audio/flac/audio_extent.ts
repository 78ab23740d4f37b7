import { type RangeSource, sourceName } from "../../places/mod.ts";
import { ByteWindow, fourCharacters } from "../byte_window.ts";
import { unreadable } from "../recording.ts";
import { readWhole } from "../salvaged_source.ts";
import { type BlockLayout, parseBlockHeader } from "./block_header.ts";
import { findBlock, type FoundBlock, lastBlock, mostBlockBytes } from "./find_block.ts";
import type { FlacMetadata } from "./find_metadata.ts";

/** Bytes before its end in which a file is searched for a whole block, nearer first. */
const searchedBytes = [16 * 1024, 256 * 1024, 2 * mostBlockBytes];
/** Bytes searched at a place, where the end of the audio is looked for by halving. */
const probeBytes = 256 * 1024;

/** The blocks of a FLAC file. */
export interface FlacLayout extends BlockLayout {
  /** First byte of the first block. */
  readonly audioOffset: number;
  /** The byte after the last whole block. */
  readonly stopOffset: number;
  /** Frames up to there. */
  readonly frames: number;
}

/**
 * Finds what the blocks of a file are like, the first one and the last that is whole. Recorders that
 * lose power, and programs that write to a pipe, leave no number of frames or a wrong one, so the
 * blocks are believed.
 *
 * @param source The file.
 * @param metadata What precedes its audio.
 * @returns Its layout, and sentences on what was not believed or left out.
 * @throws {MegapteraError} `data` where no whole block is found.
 */
export async function audioExtent(
  source: RangeSource,
  metadata: FlacMetadata,
): Promise<{ layout: FlacLayout; warnings: string[] }> {
  const { audioOffset, info: { declaredFrames } } = metadata;
  const { layout, warnings } = await blockLayout(source, metadata);
  const name = sourceName(source);
  let stop = await audioStop(source);
  let last = await lastWholeBlock(source, layout, audioOffset, stop);
  let frames = last.startFrame + last.frames;
  if (mayBeTwo(metadata, layout, last)) {
    const second = await secondFile(source, audioOffset, last.offset);
    if (second !== undefined) {
      const left = `${stop - second} bytes from byte ${second} on are another FLAC file`;
      warnings.push(`The audio of ${name} ends before the file does: ${left}, and are not read.`);
      stop = second;
      last = await lastWholeBlock(source, layout, audioOffset, stop);
      frames = last.startFrame + last.frames;
    }
  }
  if (declaredFrames !== frames) {
    const declared = declaredFrames === 0 ? "an unknown number of" : declaredFrames;
    const there = `${frames} are there, which are read`;
    warnings.push(`The header of ${name} declares ${declared} frames of audio: ${there}.`);
  }
  const stopOffset = last.offset + last.bytes;
  const rest = stop - stopOffset;
  if (rest > 0 && declaredFrames === frames) {
    const behind = `${rest} bytes behind it are no FLAC block, and are not read`;
    warnings.push(`The audio of ${name} ends before the file does: ${behind}.`);
  } else if (rest > 0) {
    const what = `its last ${rest} bytes are not a whole FLAC block`;
    warnings.push(`The audio of ${name} is cut short: ${what}, so they are dropped.`);
  }
  return { layout: { ...layout, audioOffset, stopOffset, frames }, warnings };
}

/** Tells what the blocks are like: by the first one, where STREAMINFO says something else. */
async function blockLayout(
  source: RangeSource,
  { info, audioOffset }: FlacMetadata,
): Promise<{ layout: BlockLayout; warnings: string[] }> {
  const { sampleRateHz, leastBlockFrames, mostBlockFrames } = info;
  const search = { from: audioOffset, stop: source.sizeBytes, most: mostBlockBytes };
  const header = parseBlockHeader(await source.read(audioOffset, 64), 0);
  const { channels, bits = info.bits } = header ?? info;
  const isOdd = channels !== info.channels || bits !== info.bits;
  const isOld = header?.countsFrames === false && leastBlockFrames !== mostBlockFrames;
  const layout = { sampleRateHz, channels, bits, blockFrames: header?.frames ?? mostBlockFrames };
  const first = header && !isOdd && !isOld ? undefined : await findBlock(source, layout, search);
  if (header === undefined || (isOdd && first?.offset !== audioOffset)) {
    // The first block is damaged: later ones are such as STREAMINFO says, or there are none.
    const declared = { ...layout, channels: info.channels, bits: info.bits };
    const later = isOdd ? await findBlock(source, declared, search) : first;
    if (later !== undefined) {
      const blockFrames = Math.max(mostBlockFrames, later.frames);
      return { layout: { ...declared, blockFrames }, warnings: [] };
    }
    throw unreadable(source, `no FLAC block begins where its header ends, at byte ${audioOffset}`);
  }
  if (header.number !== 0) {
    const found = `its first block is not number 0 but ${header.number}`;
    throw unreadable(source, `it is a part of a longer file: ${found}, re-encode it with flac`);
  }
  if ((header.sampleRateHz ?? sampleRateHz) !== sampleRateHz) {
    const rates = `${sampleRateHz} Hz by its header, ${header.sampleRateHz} Hz by its first block`;
    throw unreadable(source, `it has two sample rates: ${rates}, re-encode it with the right one`);
  }
  const warnings: string[] = [];
  if (isOdd) {
    const declared = `declares ${info.channels} channels of ${info.bits} bits`;
    const found = `its blocks have ${channels} of ${bits}, as which they are read`;
    warnings.push(`The header of ${sourceName(source)} ${declared}: ${found}.`);
  }
  if (isOld && first !== undefined) {
    // Before 2007 blocks of varying size counted frames without saying so.
    const second = parseBlockHeader(await source.read(audioOffset + first.bytes, 64), 0);
    if (second?.number === first.frames) return { layout: { ...layout, blockFrames: 1 }, warnings };
  }
  return { layout, warnings };
}

async function lastWholeBlock(
  source: RangeSource,
  layout: BlockLayout,
  audioOffset: number,
  stop: number,
): Promise<FoundBlock> {
  let from = stop;
  for (const length of searchedBytes) {
    if (from === audioOffset) break;
    from = Math.max(audioOffset, stop - length);
    const found = await lastBlock(source, layout, from, stop);
    if (found !== undefined) return found;
  }
  // Recorders that set aside space leave much behind the audio. What is whole comes before it.
  let [low, high] = [audioOffset, from];
  while (high - low > probeBytes) {
    const middle = Math.floor((low + high) / 2);
    const search = { from: middle, stop, most: probeBytes };
    const found = await findBlock(source, layout, search);
    if (found === undefined) high = middle;
    else low = found.offset;
  }
  const found = await lastBlock(source, layout, low, Math.min(stop, high + 2 * mostBlockBytes));
  if (found !== undefined) return found;
  const where = `none is whole in its last ${stop - from} bytes, nor before them`;
  throw unreadable(source, `it is cut off or damaged: of its FLAC blocks ${where}`);
}

/**
 * Tells whether a file has more bytes than its frames can take, or more frames than it declares.
 */
function mayBeTwo(
  { info, seekPoints, audioOffset }: FlacMetadata,
  { channels, bits, blockFrames }: BlockLayout,
  last: FoundBlock,
): boolean {
  const frames = last.startFrame + last.frames;
  const stop = last.offset + last.bytes;
  const isTooMuch = (offset: number, startFrame: number): boolean => {
    const left = frames - startFrame;
    const blocks = left / Math.max(blockFrames, info.leastBlockFrames, 16) + 2;
    const plain = left * channels * bits / 8 + blocks * (18 + 8 * channels);
    const largest = blockFrames > 1 && info.largestBytes > 0 ? blocks * info.largestBytes : plain;
    return stop - offset > Math.min(plain, largest);
  };
  const point = seekPoints.findLast(({ startFrame }) => startFrame < frames);
  return (info.declaredFrames > 0 && info.declaredFrames < frames) ||
    isTooMuch(audioOffset, 0) || (point !== undefined && isTooMuch(point.offset, point.startFrame));
}

/**
 * Finds where the audio of a FLAC file ends: before the tags that some programs append.
 *
 * Layout: ID3v1 is the last 128 bytes and begins `TAG`; an APEv2 tag ends with 32 bytes that begin
 * `APETAGEX` and tell its size.
 *
 * @param source The file.
 * @returns The byte after the audio.
 */
async function audioStop(source: RangeSource): Promise<number> {
  const window = new ByteWindow(source);
  let stop = source.sizeBytes;
  if (stop >= 128) {
    const tag = await window.look(stop - 128, 128);
    if (fourCharacters(tag, 0).startsWith("TAG")) stop -= 128;
  }
  if (stop < 32) return stop;
  const foot = await window.look(stop - 32, 32);
  if (fourCharacters(foot, 0) + fourCharacters(foot, 4) !== "APETAGEX") return stop;
  const hasHeader = (foot.getUint32(20, true) & 0x80000000) !== 0;
  return Math.max(0, stop - foot.getUint32(12, true) - (hasHeader ? 32 : 0));
}

/** Bytes read at once. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Beginning of a FLAC file: `fLaC`, then STREAMINFO's head, of which the first bit is left open.
 */
const START = [0x66, 0x4c, 0x61, 0x43, 0, 0, 0, 34];

/**
 * Finds where another FLAC file begins, by reading all that lies between.
 *
 * @param source The file.
 * @param from First byte of the first one's audio.
 * @param stop The byte after the last one's audio.
 * @returns The other's first byte; undefined where there is none.
 */
export async function secondFile(
  source: RangeSource,
  from: number,
  stop: number,
): Promise<number | undefined> {
  for (let offset = from; offset < stop; offset += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES + START.length - 1, stop - offset);
    const at = indexOfStart(await readWhole(source, offset, length));
    if (at >= 0) return offset + at;
  }
  return undefined;
}

function indexOfStart(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(START[0]); at >= 0; at = bytes.indexOf(START[0], at + 1)) {
    if (START.every((byte, i) => (i === 4 ? bytes[at + i] & 127 : bytes[at + i]) === byte)) {
      return at;
    }
  }
  return -1;
}
