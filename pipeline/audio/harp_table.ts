import { wallTime } from "../../core/mod.ts";
import { type RangeSource, sourceName } from "../places/mod.ts";
import { type TimedFrames, unreadable } from "./recording.ts";
import type { ChunkPlace } from "./said_starts.ts";

/** Bytes of the chunk before its table, and of each of its lines. */
const HEAD_BYTES = 56;
const LINE_BYTES = 32;
/** Byte of the head that says how many lines follow. */
const COUNT_AT = 36;

/** Facts of a WAV file that its table refers to. */
export interface HarpAudio {
  readonly dataOffset: number;
  readonly frameBytes: number;
  /** Frames that are there. */
  readonly frames: number;
  readonly sampleRateHz: number;
}

/** Times at which the frames of an x.wav were recorded. */
export interface HarpTable {
  readonly stretches: readonly TimedFrames[];
  readonly warnings: readonly string[];
}

/** Names of files that keep, or kept, the table of a HARP's x.wav. */
const HARP_NAME = /\.x\.(?:wav|flac)$/i;

/**
 * Reads the table of raw files in the chunk `harp` of an x.wav: which frames were recorded when. A
 * recorder on a duty cycle writes its stretches one after the other, so that time is not linear in
 * the file. A table that can't be true is refused rather than passed over: by the file's name alone
 * its seconds would be wrong.
 *
 * Layout: Triton's `wrxwavhd` (Scripps Whale Acoustics Lab): 56 bytes with the number of raw files
 * at byte 36, then 32 bytes a raw file: year since 2000, month, day, hour, minute, second (a byte
 * each), milliseconds (16 bits), first byte in the file, bytes of audio, bytes written, sample rate
 * (32 bits each), gain, and 7 bytes to spare.
 *
 * @param source The file.
 * @param chunks The file's chunks; of a FLAC file those of the x.wav that it keeps.
 * @param audio Where the audio lies.
 * @returns The stretches, ascending in the file, and warnings; none where the table has no lines.
 * @throws {MegapteraError} `data` where the table contradicts itself or the audio.
 */
export async function harpTable(
  source: RangeSource,
  chunks: readonly ChunkPlace[],
  audio: HarpAudio,
): Promise<HarpTable> {
  const chunk = chunks.find(({ name }) => name === "harp");
  if (chunk === undefined) return { stretches: [], warnings: withoutTable(source) };
  const head = await source.read(chunk.offset, Math.min(HEAD_BYTES, chunk.size));
  if (head.length < HEAD_BYTES) {
    throw unreadable(
      source,
      `its "harp" chunk is cut short: ${head.length} of ${HEAD_BYTES} bytes`,
    );
  }
  const lines = new DataView(head.buffer, head.byteOffset).getUint16(COUNT_AT, true);
  const room = Math.floor((chunk.size - HEAD_BYTES) / LINE_BYTES);
  if (lines > room) {
    throw unreadable(source, `its "harp" chunk has room for ${room} raw files: it names ${lines}`);
  }
  if (lines === 0) return { stretches: [], warnings: withoutTable(source) };
  const bytes = await source.read(chunk.offset + HEAD_BYTES, lines * LINE_BYTES);
  const table = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stretches: TimedFrames[] = [];
  let stop = 0;
  let lost = 0;
  for (let line = 0; line < lines; line++) {
    const stretch = readLine(source, table, line, audio);
    if (stretch.startFrame < stop) {
      throw unreadable(source, `raw file ${line + 1} of its "harp" table overlaps the one before`);
    }
    stop = stretch.startFrame + stretch.frames;
    const frames = Math.min(stretch.frames, audio.frames - stretch.startFrame);
    if (frames < stretch.frames) lost++;
    if (frames > 0) stretches.push({ ...stretch, frames });
  }
  if (stretches.length === 0) {
    throw unreadable(source, `none of the ${lines} raw files of its "harp" table is in the file`);
  }
  const warnings: string[] = [];
  const name = sourceName(source);
  if (lost > 0) {
    warnings.push(
      `The audio of ${name} ends before its table: ${lost} raw files are cut or missing.`,
    );
  }
  const used = stretches.reduce((sum, { frames }) => sum + frames, 0);
  if (used < audio.frames) {
    const left = audio.frames - used;
    warnings.push(`The table of ${name} leaves out ${left} frames: they are not used.`);
  }
  return { stretches, warnings };
}

/** Warns of a file that is named like a HARP's and has no table. */
function withoutTable(source: RangeSource): string[] {
  const name = sourceName(source);
  if (!HARP_NAME.test(name)) return [];
  return [
    `${name} is named like a HARP's, yet its table of raw files is lost: its time is taken as ` +
    "continuous, which is wrong if the recorder slept in between.",
  ];
}

function readLine(
  source: RangeSource,
  table: DataView,
  line: number,
  { dataOffset, frameBytes, sampleRateHz }: HarpAudio,
): TimedFrames {
  const at = line * LINE_BYTES;
  const [year, month, day, hour, minute, second] = Array.from(
    { length: 6 },
    (_, i) => table.getUint8(at + i),
  );
  const ms = table.getUint16(at + 6, true);
  const [offset, length, , rateHz] = Array.from(
    { length: 4 },
    (_, i) => table.getUint32(at + 8 + 4 * i, true),
  );
  const digits = { year: 2000 + year, month, day, hour, minute, second };
  const wholeMs = second < 60 && ms < 1000 ? wallTime(digits) : undefined;
  const fault = (what: string) =>
    unreadable(source, `raw file ${line + 1} of its "harp" table ${what}`);
  if (wholeMs === undefined) {
    throw fault(`starts at no time: 20${year}-${month}-${day} ${hour}:${minute}:${second}.${ms}`);
  }
  if (rateHz !== sampleRateHz) {
    throw fault(`has another sample rate than the file, ${sampleRateHz} Hz: ${rateHz} Hz`);
  }
  const [startFrame, frames] = [(offset - dataOffset) / frameBytes, length / frameBytes];
  if (
    startFrame < 0 || !Number.isInteger(startFrame) || !Number.isInteger(frames) || frames === 0
  ) {
    throw fault(`is no whole number of frames: ${length} bytes from byte ${offset} of the file`);
  }
  return { startFrame, frames, startMs: wholeMs + ms, resolutionMs: 1 };
}
