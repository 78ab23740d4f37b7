import type { RangeSource } from "../../places/mod.ts";
import { ByteWindow, fourCharacters } from "../byte_window.ts";
import { wrongStart } from "../other_formats.ts";
import { checkRate, unreadable } from "../recording.ts";
import { type ChunkPlace, placeChunk } from "../said_starts.ts";

/** Metadata looked at before giving up, so that a file of junk ends in bounded steps. */
const mostMetadata = 1000;
/** Points of a seek table that are read, 18 bytes each: a point every 10 s for 11 days. */
const mostSeekPoints = 100_000;

/** Begin of a block as the seek table has it, which need not be true. */
export interface SeekPoint {
  readonly startFrame: number;
  readonly offset: number;
}

/** Metadata that precedes the audio of a FLAC file. */
export interface FlacMetadata {
  readonly info: StreamInfo;
  readonly seekPoints: readonly SeekPoint[];
  /** First byte of the audio. */
  readonly audioOffset: number;
  /** Parts of the WAV file that it was made of, as `flac --keep-foreign-metadata` keeps them. */
  readonly riffParts: readonly BytePlace[];
  /** Places of its tags. */
  readonly tags: readonly ChunkPlace[];
}

/** Bytes of a file. */
interface BytePlace {
  readonly offset: number;
  readonly size: number;
}

/**
 * Walks the metadata of a FLAC file up to its audio. Reads only the heads of what it skips, so
 * pictures and tags of any size cost nothing.
 *
 * Layout: RFC 9639, section 8; an ID3v2 tag before it as in id3.org's ID3v2.4.0, section 3.1.
 *
 * @param source The file.
 * @returns Its STREAMINFO, seek table and where its audio begins.
 * @throws {MegapteraError} `data` where it is no FLAC file or its head is cut off.
 */
export async function findMetadata(source: RangeSource): Promise<FlacMetadata> {
  const window = new ByteWindow(source);
  let offset = await checkMagic(window) + 4;
  let info: StreamInfo | undefined;
  let table = { offset: 0, points: 0 };
  const tags: ChunkPlace[] = [];
  const riffParts: BytePlace[] = [];
  for (let count = 0, isLast = false; !isLast; count++) {
    if (count === mostMetadata) {
      throw unreadable(
        source,
        `no audio was found after its first ${mostMetadata} metadata blocks`,
      );
    }
    const view = await window.look(offset, 4);
    const size = view.byteLength < 4 ? 0 : view.getUint32(0) & 0xffffff;
    const body = offset + 4;
    if (view.byteLength < 4 || body + size > source.sizeBytes) {
      throw unreadable(source, `its header is cut off: the file ends at byte ${source.sizeBytes}`);
    }
    const kind = view.getUint8(0) & 127;
    isLast = view.getUint8(0) > 127;
    if (kind === 0 && size >= 34 && info === undefined) {
      info = parseStreamInfo(source, await window.look(body, 34));
    } else if (info === undefined || kind === 127) {
      throw unreadable(source, `its FLAC header is damaged: metadata ${kind} is at byte ${offset}`);
    }
    if (kind === 2 && size >= 4 && fourCharacters(await window.look(body, 4), 0) === "riff") {
      riffParts.push({ offset: body + 4, size: size - 4 });
    }
    if (kind === 4) tags.push(await placeChunk(window, "VORBIS_COMMENT", body, size));
    if (kind === 3) table = { offset: body, points: Math.min(mostSeekPoints, size / 18 | 0) };
    offset = body + size;
  }
  if (offset >= source.sizeBytes) {
    throw unreadable(source, "it is a header without audio: 0 bytes follow it");
  }
  const seekPoints = await readSeekTable(source, table.offset, table.points, offset);
  return { info: info!, seekPoints, audioOffset: offset, riffParts, tags };
}

/** Finds where `fLaC` stands. */
async function checkMagic(window: ByteWindow): Promise<number> {
  const { source } = window;
  if (source.sizeBytes === 0) throw unreadable(source, "it is empty: its size is 0 bytes");
  let offset = 0;
  let head = await window.look(0, 10);
  if (head.byteLength === 10 && fourCharacters(head, 0).startsWith("ID3")) {
    let size = 0;
    for (let i = 6; i < 10; i++) size = size * 128 + (head.getUint8(i) & 127);
    offset = 10 + size + (head.getUint8(5) & 16 ? 10 : 0);
    head = await window.look(offset, 10);
  }
  const magic = head.byteLength < 4 ? "" : fourCharacters(head, 0);
  if (magic === "OggS") {
    throw unreadable(source, "it is an Ogg file, not plain FLAC: convert it with flac first");
  }
  if (magic !== "fLaC") {
    const shown = offset === 0 ? head : await window.look(0, 10);
    const first = new Uint8Array(shown.buffer, shown.byteOffset, shown.byteLength);
    throw unreadable(source, wrongStart(first, "a FLAC file, which begins with fLaC"));
  }
  return offset;
}

async function readSeekTable(
  source: RangeSource,
  offset: number,
  count: number,
  audioOffset: number,
): Promise<SeekPoint[]> {
  if (count === 0) return [];
  const bytes = await source.read(offset, count * 18);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const points: SeekPoint[] = [];
  for (let at = 0; at + 18 <= bytes.length; at += 18) {
    const startFrame = Number(view.getBigUint64(at));
    const point = { startFrame, offset: audioOffset + Number(view.getBigUint64(at + 8)) };
    // Placeholders have a frame of 2^64 − 1, and lie outside like points that are wrong.
    if (point.offset < source.sizeBytes && startFrame < 2 ** 36) points.push(point);
  }
  return points;
}

/** Chunks of the WAV file that a FLAC file was made of. */
interface KeptRiff {
  /** Places of their bodies in the FLAC file. */
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

/** Content of STREAMINFO, the first metadata of a FLAC file; none of it need be true. */
export interface StreamInfo {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits of a sample, 4 to 32. */
  readonly bits: number;
  /** Frames of the smallest block but the last, and of the largest. */
  readonly leastBlockFrames: number;
  readonly mostBlockFrames: number;
  /** Bytes of the largest block; 0 where it doesn't know. */
  readonly largestBytes: number;
  /** Frames (one sample of each channel) that it declares; 0 where it doesn't know. */
  readonly declaredFrames: number;
}

/**
 * Reads STREAMINFO.
 *
 * Layout: RFC 9639, section 8.2.
 *
 * @param source The file, for the messages.
 * @param view Its 34 bytes.
 * @returns What it says.
 * @throws {MegapteraError} `data` where audio of this kind can't be.
 */
function parseStreamInfo(source: RangeSource, view: DataView): StreamInfo {
  const packed = view.getUint32(10);
  const sampleRateHz = packed >>> 12;
  const bits = (packed >>> 4 & 31) + 1;
  checkRate(source, sampleRateHz);
  if (bits < 4) throw unreadable(source, `FLAC samples have 4 to 32 bits: its header says ${bits}`);
  return {
    sampleRateHz,
    channels: (packed >>> 9 & 7) + 1,
    bits,
    leastBlockFrames: view.getUint16(0),
    mostBlockFrames: view.getUint16(2),
    largestBytes: view.getUint32(6) & 0xffffff,
    declaredFrames: (packed & 15) * 2 ** 32 + view.getUint32(14),
  };
}
