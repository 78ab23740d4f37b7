import { isoTime, offsetOf, wallTime } from "../../core/mod.ts";
import { type RangeSource, sourceName } from "../places/mod.ts";
import type { ByteWindow } from "./byte_window.ts";

/** Start of a recording by its header, or by a log beside it. */
export interface SaidStart {
  /** Name of what says so, as "its GUANO header". */
  readonly by: string;
  /** Time that the clock showed, as if it were UTC: epoch milliseconds. */
  readonly wallMs: number;
  /** Offset of that clock, ahead of UTC, milliseconds, where it is said. */
  readonly offsetMs?: number;
}

/** A chunk of a RIFF file, or what FLAC has of the kind: its name and where its body lies. */
export interface ChunkPlace {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
  /** First bytes of the recording, where they may tell a start. */
  readonly start?: Uint8Array;
}

/** Times stand at the start of their chunks. */
const LOOKED_BYTES = 3072;
/** Shortest gaps that are told of, milliseconds. */
const LEAST_GAPS_MS = 100;
const MOST_LOG_BYTES = 1_000_000;

/**
 * Reads the times that chunks of a RIFF file give: AudioMoth's comment in `LIST`, GUANO in `guan`
 * (guano-md.org), Wildlife Acoustics' `wamd`, `bext` of Broadcast Wave files (EBU Tech 3285), and of
 * FLAC files the tag that Frontier Labs' recorders write.
 *
 * @param source The file.
 * @param chunks Its chunks, in their order.
 * @returns The times, none of a chunk that gives none; and what SoundTrap's log beside the file tells
 * of gaps in it.
 */
export async function readSaidStarts(
  source: RangeSource,
  chunks: readonly ChunkPlace[],
): Promise<{ saidStarts: readonly SaidStart[]; warnings: readonly string[] }> {
  const saidStarts = chunks.flatMap(({ name, start }) => {
    const said = start && READERS[name](start);
    return said ? [said] : [];
  });
  const log = await logBeside(source);
  if (log === undefined) return { saidStarts, warnings: [] };
  const { said, gapsMs } = readSoundTrapLog(log);
  if (said) saidStarts.push(said);
  const warnings = gapsMs < LEAST_GAPS_MS ? [] : [
    `SoundTrap's log of ${sourceName(source)} tells of gaps in it of ${
      (gapsMs / 1000).toFixed(3)
    } s ` +
    "in all: audio after a gap may be up to that much later than it is placed.",
  ];
  return { saidStarts, warnings };
}

/**
 * Places a chunk, with its first bytes where they may tell a start.
 *
 * @param window Looks into the file.
 * @param name The chunk's name.
 * @param offset Where its body lies.
 * @param size The body's size.
 */
export async function placeChunk(
  window: ByteWindow,
  name: string,
  offset: number,
  size: number,
): Promise<ChunkPlace> {
  if (!Object.hasOwn(READERS, name)) return { name, offset, size };
  const view = await window.look(offset, Math.min(size, LOOKED_BYTES));
  const start = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return { name, offset, size, start };
}

/** Finds the log beside a file on disk that is named as SoundTrap names its recordings. */
async function logBeside({ uri }: RangeSource): Promise<string | undefined> {
  if (!/^file:.*\.\d{12}\.(?:wav|flac)$/i.test(uri)) return undefined;
  const log = new URL(uri.replace(/\.[^.]*$/, ".log.xml"));
  try {
    const { size, isFile } = await Deno.stat(log);
    return isFile && size <= MOST_LOG_BYTES ? await Deno.readTextFile(log) : undefined;
  } catch {
    return undefined; // there is none, as a rule
  }
}

const READERS: Readonly<Record<string, (bytes: Uint8Array) => SaidStart | undefined>> = {
  LIST: (bytes) => audioMothStart(latin1(bytes)),
  guan: (bytes) => guanoStart(new TextDecoder().decode(bytes)),
  VORBIS_COMMENT: tagStart,
  wamd: wamdStart,
  bext: bextStart,
};

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/**
 * Reads `Recorded at 09:30:00 01/01/2021 (UTC-5) by AudioMoth …`; day first, early firmware without
 * zone.
 */
function audioMothStart(text: string): SaidStart | undefined {
  const match =
    /Recorded at (\d\d):(\d\d):(\d\d)(?:\.\d+)? (\d\d)\/(\d\d)\/(\d{4})(?: \(UTC(?:([+-])(\d\d?)(?::(\d\d))?)?\))?/
      .exec(text);
  if (!match) return undefined;
  const [whole, hour, minute, second, day, month, year, sign, hours, minutes = "00"] = match;
  const wallMs = wallTime({ year, month, day, hour, minute, second });
  if (wallMs === undefined) return undefined;
  const by = "AudioMoth's comment in its header";
  if (!whole.endsWith(")")) return { by, wallMs };
  const zone = sign === undefined ? "Z" : `${sign}${hours.padStart(2, "0")}${minutes}`;
  return { by, wallMs, offsetMs: offsetOf(zone) };
}

function guanoStart(text: string): SaidStart | undefined {
  const [, stamp] = /^Timestamp: *(\S+(?: [\d:.+-]+)?)/m.exec(text) ?? [];
  const time = stamp === undefined ? undefined : isoTime(stamp);
  return time && { by: "its GUANO header", ...time };
}

/** Texts behind their sizes of 32 bits: of the program, and tags; Frontier Labs write RecordingStart. */
function tagStart(bytes: Uint8Array): SaidStart | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0, tag = -1; at + 4 <= bytes.length; tag++) {
    const size = tag === 0 ? 0 : view.getUint32(at, true); // the number of tags stands before them
    const text = latin1(bytes.subarray(at + 4, at + 4 + size));
    const [, stamp] = tag > 0 ? /^RecordingStart=(.*)$/i.exec(text) ?? [] : [];
    const time = stamp === undefined ? undefined : isoTime(stamp);
    if (time) return { by: "its tag RecordingStart", ...time };
    at += 4 + size;
  }
  return undefined;
}

/** Entries of a number of 16 bits, a size of 32 bits and a text; number 5 is the time of the start. */
function wamdStart(bytes: Uint8Array): SaidStart | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 6 <= bytes.length;) {
    const [id, size] = [view.getUint16(at, true), view.getUint32(at + 2, true)];
    if (id === 5) {
      const time = isoTime(
        latin1(bytes.subarray(at + 6, at + 6 + size)).replace(/\0+$/, "").trim(),
      );
      return time && { by: "its header by Wildlife Acoustics", ...time };
    }
    at += 6 + size;
  }
  return undefined;
}

/** Reads date and time behind three texts of 256, 32 and 32 bytes; any mark may stand in them. */
function bextStart(bytes: Uint8Array): SaidStart | undefined {
  const text = latin1(bytes.subarray(320, 338));
  const match = /^(\d{4}).(\d\d).(\d\d)(\d\d).(\d\d).(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const wallMs = wallTime({ year, month, day, hour, minute, second });
  return wallMs === undefined ? undefined : { by: "its bext header", wallMs };
}

/**
 * Reads the log that SoundTrap writes beside a recording, `NAME.log.xml`.
 *
 * @param xml Its text.
 * @returns When sampling began, in UTC, and the gaps in the recording, milliseconds in all.
 */
export function readSoundTrapLog(xml: string): { said?: SaidStart; gapsMs: number } {
  const attribute = (name: string): string | undefined =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(xml)?.[1].trim();
  const time = isoTime(attribute("SamplingStartTimeUTC") ?? "");
  const [, gaps = "0"] = /^(\d+) *us$/.exec(attribute("CumulativeSamplingGap") ?? "") ?? [];
  const gapsMs = Number(gaps) / 1000;
  if (time === undefined) return { gapsMs };
  return { said: { by: "its log.xml", wallMs: time.wallMs, offsetMs: 0 }, gapsMs };
}
