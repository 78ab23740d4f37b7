import {
  formatOffset,
  formatUtc,
  HOUR_MS,
  isoTime,
  MegapteraError,
  type TimeZone,
  type ZoneReading,
} from "../../core/mod.ts";
import { isSure, readAround, Unclear } from "./around_stamp.ts";
import type { NameFormat } from "./name_format.ts";
import { findStamps, type Stamp } from "./stamps.ts";

/** Start of a recording, and how exactly it is known. */
export interface RecordingStart {
  /** Epoch milliseconds, UTC. */
  readonly startMs: number;
  /** 1000 where whole seconds are known, 1 where milliseconds are. */
  readonly resolutionMs: 1000 | 1;
  /** Whether neither the name nor an option gives a time zone, so that it was taken as UTC. */
  readonly isZoneAssumed?: true;
  /** A sentence where the name leaves it open when exactly it means. */
  readonly note?: string;
}

/** Options that decide when a recording starts besides its name. */
export interface RecordingStartOptions {
  /** An ISO 8601 time that overrides the name. */
  readonly recordingStart?: string;
  /** The zone of times without one; UTC unless given. */
  readonly timeZone?: TimeZone;
  /** How dates and times are written in names; in the ways that recorders do unless given. */
  readonly nameFormat?: NameFormat;
}

/** Says of how many names the zone was assumed; nothing of none. */
export function zonelessNote(names: number): string | undefined {
  if (names === 0) return undefined;
  const give = names === 1 ? "1 name gives" : `${names} names give`;
  return `${give} no time zone; taken as UTC: say --timezone.`;
}

/** Names with earlier times are of clocks that were never set: recorders count from 1970 or 1980. */
const BEFORE_RECORDERS_MS = Date.UTC(1985, 0);
/** Most that a name may be ahead of this machine's clock: a zone's width. */
const AHEAD_MS = 26 * HOUR_MS;

/**
 * Tells when a recording starts by its file's name. A date and time of day is read wherever it
 * stands, in the ways that recorders write it (docs/recording-names.md): ISO 8601, basic or extended,
 * with other marks for `:`; years of two digits, days of the year, months by name, seconds since 1970,
 * times without seconds; with a zone or offset, AM or PM, before or behind it.
 *
 * What may change the time is never passed over: digits that can be two dates, two times that differ,
 * letters that can be two zones, and times of clocks that were not set are refused. A time without a
 * zone is of `timeZone`, or taken as UTC, which `isZoneAssumed` says. In the hour that the end of
 * summer time repeats, the first of the two is taken, and a note says so.
 *
 * @param fileName Name or path of the file; folders are ignored.
 * @param options A time that overrides the name, and the zone of times without one.
 * @returns The start; of an option it is known to the millisecond.
 * @throws {MegapteraError} `data` where the name does not tell it for sure, or tells a time that
 * summer time skips; `usage` where the option is not a time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type RecordingStart, recordingStart } from "./start_time.ts";
 * const start: RecordingStart = recordingStart("6871.210101093000_+0200.wav");
 * assert.deepEqual(start, { startMs: Date.UTC(2021, 0, 1, 7, 30), resolutionMs: 1000 });
 * ```
 */
export function recordingStart(
  fileName: string,
  options: RecordingStartOptions = {},
): RecordingStart {
  const { timeZone } = options;
  if (options.recordingStart !== undefined) {
    return startOfOption(options.recordingStart, timeZone);
  }
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  try {
    return startOfName(inPlainCharacters(name), options);
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    throw new MegapteraError("data", `Cannot tell when ${name} starts as ${error.message}.`);
  }
}

function startOfOption(text: string, timeZone: TimeZone | undefined): RecordingStart {
  const time = isoTime(text);
  if (time === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --recording-start "${text}" as it is not an ISO 8601 time of a day that exists: ` +
        "write it like 2021-01-01T00:00:00Z.",
    );
  }
  const { wallMs, offsetMs } = time;
  if (offsetMs !== undefined) return { startMs: wallMs - offsetMs, resolutionMs: 1 };
  try {
    return { ...startInZone(wallMs, text, "--recording-start", timeZone), resolutionMs: 1 };
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    throw new MegapteraError("usage", `Cannot use --recording-start as ${error.message}.`);
  }
}

function startOfName(name: string, options: RecordingStartOptions): RecordingStart {
  const { nameFormat, timeZone } = options;
  const stamps = nameFormat ? nameFormat.find(name) : withoutEnd(name, findStamps(name));
  if (stamps.length === 0) {
    if (!nameFormat) throw new Unclear("its name holds no date and time that can be read");
    throw new Unclear(`its name holds no time that --name-format "${nameFormat.text}" reads`);
  }
  const [first] = stamps;
  const reading = stamps.find(({ from, to, wallMs }) =>
    from < first.to && first.from < to && wallMs !== first.wallMs
  );
  if (reading) {
    const [one, two] = [first, reading].map(({ wallMs }) => formatUtc(wallMs));
    throw new Unclear(`the digits in its name can be ${one} or ${two}`);
  }
  const starts = stamps.map((stamp) => startOfStamp(stamp, name, timeZone));
  const other = starts.findIndex(({ startMs }) => startMs !== starts[0].startMs);
  if (other >= 0) {
    throw new Unclear(`its name holds two times, ${first.text} and ${stamps[other].text}`);
  }
  const { isZoneAssumed, ...best } = starts.find((start) => start.resolutionMs === 1) ?? starts[0];
  checkYear(best.startMs, nameFormat !== undefined);
  return isZoneAssumed && starts.every((start) => start.isZoneAssumed)
    ? { ...best, isZoneAssumed }
    : best;
}

/** Writes the characters that look like digits, dashes, colons and spaces as those. */
function inPlainCharacters(name: string): string {
  return name.normalize("NFKC").replace(/\p{Pd}|\u2212/gu, "-").replace(/[\u2236\ua789]/g, ":")
    .replace(/\p{Zs}/gu, " ");
}

/** Leaves out the end of names like `S20240815T091156+1000_E20240815T091251+1000`. */
function withoutEnd(name: string, stamps: readonly Stamp[]): readonly Stamp[] {
  const [first, last] = stamps.toSorted((a, b) => a.from - b.from);
  const has = (letter: string, { from }: Stamp): boolean =>
    new RegExp(`(?:^|[^A-Za-z0-9])${letter}$`).test(name.slice(0, from));
  return stamps.length === 2 && has("S", first) && has("E", last) ? [first] : stamps;
}

/** Refuses times of clocks that were not set, and of digits that were no date. */
function checkYear(startMs: number, isTold: boolean): void {
  const isAhead = startMs > Date.now() + AHEAD_MS;
  // Tapes are older than recorders that name files, and whoever says how to read names knows.
  if (!isAhead && (isTold || startMs >= BEFORE_RECORDERS_MS)) return;
  const when = isAhead ? "which is yet to come" : "before there were such recorders";
  const time = formatUtc(startMs);
  throw new Unclear(
    `its name says ${time}, ${when}: the recorder's clock was not set, or the digits are no such date`,
  );
}

/** Tells the instant that a stamp means, with what stands around it. */
function startOfStamp(
  stamp: Stamp,
  name: string,
  timeZone: TimeZone | undefined,
): RecordingStart {
  const { text, fractionMs, shiftMs, resolutionMs, zones, isLocal } = readAround(name, stamp);
  const wallMs = stamp.wallMs + shiftMs + fractionMs;
  if (stamp.isUnix) return { startMs: wallMs, resolutionMs };
  const offsetMs = offsetOf(zones, wallMs, timeZone);
  if (offsetMs === undefined && isLocal && timeZone === undefined) {
    throw new Unclear(`its name says local time, ${text}`, "say of which zone with --timezone");
  }
  const start: Omit<RecordingStart, "resolutionMs"> = offsetMs === undefined
    ? startInZone(wallMs, text, name, timeZone)
    : { startMs: wallMs - offsetMs };
  if (stamp.hasSeconds) return { ...start, resolutionMs };
  const coarse = `${name} gives no seconds: it may start up to a minute later than it says.`;
  return { ...start, resolutionMs, note: start.note ? `${start.note} ${coarse}` : coarse };
}

/** Tells the offset from UTC that a name gives, milliseconds; nothing where it gives none. */
function offsetOf(
  zones: readonly ZoneReading[],
  wallMs: number,
  timeZone: TimeZone | undefined,
): number | undefined {
  const sure = zones.filter(isSure);
  const [first] = sure;
  const other = sure.find((zone) => zone.offsetsMs[0] !== first.offsetsMs[0]);
  if (other) {
    throw new Unclear(`its name gives two time zones, ${first.text} and ${other.text}`);
  }
  const offsets = sure.length > 0 ? first.offsetsMs : offsetsOfOption(wallMs, timeZone);
  let told = sure.length > 0 ? offsets[0] : undefined;
  for (const { text, offsetsMs, mayBeNone } of zones) {
    // A sure one tells what is meant beside it, and --timezone which of several.
    const meant = offsets.filter((offset) => offsetsMs.includes(offset));
    if (sure.length > 0 && (mayBeNone || meant.length > 0)) continue;
    const isTold = timeZone !== undefined || offsetsMs.length === 1;
    if (isTold && meant.length === 1 && (offsets.length === 1 || !mayBeNone)) {
      told ??= meant[0];
      if (told === meant[0]) continue;
    }
    throw new Unclear(
      `${text} in its name can be ${meaningsOf(offsetsMs, mayBeNone)}`,
      "write the zone as +0200 or Z into the name, or say how names are to be read with --name-format " +
        "and --timezone",
    );
  }
  return told;
}

/** Gives the offsets that `--timezone` gives a clock, or UTC where nothing is given. */
function offsetsOfOption(wallMs: number, timeZone: TimeZone | undefined): number[] {
  if (timeZone === undefined) return [0];
  return timeZone.instants(wallMs).map((ms) => wallMs - ms);
}

function meaningsOf(offsetsMs: readonly number[], mayBeNone: boolean): string {
  return [...offsetsMs.map(formatOffset), ...mayBeNone ? ["no time zone at all"] : []].join(" or ");
}

/** Finds the instant at which a zone's clocks show a time that names no zone itself. */
function startInZone(
  wallMs: number,
  text: string,
  name: string,
  timeZone: TimeZone | undefined,
): Omit<RecordingStart, "resolutionMs"> {
  if (timeZone === undefined) return { startMs: wallMs, isZoneAssumed: true };
  const [startMs, second] = timeZone.instants(wallMs);
  if (startMs === undefined) {
    throw new Unclear(
      `summer time in ${timeZone.name} skips ${text}`,
      "a recorder whose clock shows it does not follow summer time, so give a zone that does not, " +
        "such as --timezone -08:00",
    );
  }
  if (second === undefined) return { startMs };
  const note = `${text} in the name of ${name} comes twice in ${timeZone.name}: the first, ` +
    `${formatUtc(startMs)}, was taken, not ${formatUtc(second)}.`;
  return { startMs, note };
}

/** Files without a time that are named one by one. */
const MOST_NAMED = 5;

/**
 * Tells whether a fault is that a recording's start can't be told, which costs that recording alone.
 *
 * @param error What telling it threw.
 * @returns The fault.
 * @throws {unknown} The error, where it is another.
 */
export function untimedFault(error: unknown): MegapteraError {
  if (error instanceof MegapteraError && error.kind === "data") return error;
  throw error;
}

/**
 * Says which files have no time.
 *
 * @param faults Why it can't be told when each of them starts.
 * @returns A few sentences, however many there are.
 */
export function untimedNotes(faults: readonly MegapteraError[]): string[] {
  const more = faults.length - MOST_NAMED;
  const files = `${more} more file${more === 1 ? "" : "s"}`;
  const rest = more > 0 ? [`Of ${files} it can't be told either when they start.`] : [];
  return [...faults.slice(0, MOST_NAMED).map(({ message }) => message), ...rest];
}
