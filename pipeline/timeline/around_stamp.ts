import { isEarthly, isWordToo, zoneMeanings, type ZoneReading } from "../../core/mod.ts";
import type { Stamp } from "./stamps.ts";

const MINUTE_MS = 60_000;

/** Surroundings of a stamp that have to do with when it is. */
export interface Surroundings {
  /** The stamp with what belongs to it. */
  readonly text: string;
  /** Part of a second behind the seconds, milliseconds. */
  readonly fractionMs: number;
  /** How exactly the time is known. */
  readonly resolutionMs: 1000 | 1;
  /** What AM or PM adds to the hour that is written, milliseconds. */
  readonly shiftMs: number;
  readonly zones: readonly ZoneReading[];
  /** Whether it says that it is local time. */
  readonly isLocal: boolean;
}

/** Remedy for a name that does not tell its start. */
const REMEDY = "rename it like NAME-20210101T093000Z.wav, say how names are to be read with " +
  "--name-format '%Y%m%d_%H%M%S', or score it alone with --recording-start 2021-01-01T00:00:00Z";

/** Fault of a name that does not tell its start for sure. */
export class Unclear extends Error {
  /**
   * @param reason What follows "Cannot tell when … starts as".
   * @param remedy What to do.
   */
  constructor(reason: string, remedy: string = REMEDY) {
    super(`${reason}: ${remedy}`);
  }
}

/**
 * Reads what stands before and behind a stamp: fractions of a second, AM and PM, zones. Nothing that
 * may change the time is passed over: what is not understood is refused. Words and numbers apart from
 * the stamp, of a site, a channel or a part, are none of its time.
 *
 * @param name The name.
 * @param stamp The stamp in it.
 * @returns What was read.
 * @throws {Unclear} Where something can't be read.
 */
export function readAround(name: string, stamp: Stamp): Surroundings {
  if (stamp.told) return readAroundTold(name, stamp, stamp.told);
  let to = stamp.to;
  const rest = (): string => name.slice(to);
  const fraction = readFraction(rest(), stamp);
  to += fraction.length;
  const meridiem = /^[-_ .]?([ap])\.?m\.?(?![A-Za-z0-9])/i.exec(rest());
  to += meridiem?.[0].length ?? 0;
  const behind = readZoneBehind(rest(), stamp.text);
  to += behind.length;
  const before = name.slice(0, stamp.from);
  const zones = [
    ...behind.zones,
    // As in 20210101T093000Z_PST, which gives two.
    ...behind.length > 0 ? readLetters(rest())?.zones ?? [] : [],
    ...zonesBefore(before),
    ...zonesOfUtc(before),
    ...zonesOfUtc(name.slice(stamp.to)),
    ...zonesApart(before.replace(BEFORE, "")),
    ...zonesApart(rest()),
  ];
  return {
    text: name.slice(stamp.from, to),
    fractionMs: fraction.ms,
    resolutionMs: fraction.resolutionMs,
    shiftMs: meridiemShift(stamp, meridiem, `${before} ${rest()}`),
    zones,
    isLocal: behind.isLocal,
  };
}

/** Tells whether a zone can be that zone alone. */
export function isSure({ offsetsMs, mayBeNone }: ZoneReading): boolean {
  return offsetsMs.length === 1 && !mayBeNone;
}

/** Reads what a format leaves aside: zones that are sure count, and what may be none is none. */
function readAroundTold(
  name: string,
  { from, to, text }: Stamp,
  { fractionMs, resolutionMs, zones }: NonNullable<Stamp["told"]>,
): Surroundings {
  const [before, rest] = [name.slice(0, from), name.slice(to)];
  const clear = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Unclear) return undefined;
      throw error;
    }
  };
  const behind = clear(() => readZoneBehind(rest, text));
  const around = [
    ...behind?.zones ?? [],
    ...zonesBefore(before),
    ...clear(() => zonesOfUtc(before)) ?? [],
    ...clear(() => zonesOfUtc(rest)) ?? [],
  ];
  const all = [...zones, ...around.filter(isSure)];
  const isLocal = behind?.isLocal ?? false;
  return { text, fractionMs, resolutionMs, shiftMs: 0, zones: all, isLocal };
}

interface Fraction {
  readonly length: number;
  readonly ms: number;
  readonly resolutionMs: 1000 | 1;
}

/** Tells whether a zone begins right here, so that the digits before it are no counter. */
function beginsZone(rest: string): boolean {
  const [letters = ""] = /^[A-Z]+(?![A-Za-z0-9])/.exec(rest) ?? [];
  return /^(?:Z(?![A-Za-z0-9])|UTC|GMT|[+-]\d\d:?\d\d(?!\d))/i.test(rest) ||
    zoneMeanings(letters).length > 0;
}

/**
 * Reads `.250` behind a time with a T; `_253` and `_123456` as PAMGuard and Wildlife Acoustics write
 * them, which may as well be counters, so that no more than the second is sure; and `-250`, where
 * programs replace `.` by `-`. What else follows a dot is passed over: the second is known.
 */
function readFraction(rest: string, stamp: Stamp): Fraction {
  const ms = (digits: string): number => Math.round(Number(`0.${digits}`) * 1000);
  const none: Fraction = { length: 0, ms: 0, resolutionMs: 1000 };
  if (!stamp.hasSeconds) return none;
  if (stamp.thousandths !== undefined) {
    return { length: 0, ms: ms(stamp.thousandths), resolutionMs: stamp.isIso ? 1 : 1000 };
  }
  const match = /^[.,](\d{1,9})(?!\d)|^[-_](\d{3}|\d{6})(?!\d)/.exec(rest);
  if (!match) return none;
  const [text, dotted, marked] = match;
  const after = rest.slice(text.length);
  const isBeforeZone = beginsZone(after);
  if (/^[A-Za-z]/.test(after) && !isBeforeZone) return none;
  const isSure = stamp.isIso || isBeforeZone;
  const { length } = text;
  if (isSure) return { length, ms: ms(dotted ?? marked), resolutionMs: 1 };
  return { length, ms: marked === undefined ? 0 : ms(marked), resolutionMs: 1000 };
}

function meridiemShift(stamp: Stamp, meridiem: RegExpExecArray | null, apart: string): number {
  const { hour, text } = stamp;
  if (!meridiem) {
    const [word] = /(?<![A-Za-z0-9])[AP]M(?![A-Za-z0-9])/.exec(apart) ?? [];
    if (word !== undefined && hour <= 12 && (hour === 12 ? word === "AM" : word === "PM")) {
      throw new Unclear(`${word} beside ${text} may say which half of the day it is, or not`);
    }
    return 0;
  }
  const isPm = meridiem[1].toLowerCase() === "p";
  if (hour > 12 || (hour === 0 && isPm)) {
    throw new Unclear(`${text} and ${meridiem[0].trim()} contradict each other`);
  }
  const halfDay = 12 * 60 * MINUTE_MS;
  if (hour === 12) return isPm ? 0 : -halfDay;
  return isPm ? halfDay : 0;
}

interface ZoneBehind {
  readonly length: number;
  readonly zones: readonly ZoneReading[];
  readonly isLocal: boolean;
}

function readZoneBehind(rest: string, stamp: string): ZoneBehind {
  const found = (length: number, zones: readonly ZoneReading[], isLocal = false): ZoneBehind => ({
    length,
    zones,
    isLocal,
  });
  const utc = /^[-_ ]?(?:Z|Zulu)(?![A-Za-z0-9])/i.exec(rest);
  if (utc) return found(utc[0].length, [zone(utc[0], 0)]);
  const signed = readSigned(rest);
  if (signed) return found(signed.text.length, signed.zones);
  const posix = /^[-_ .([]{0,2}(([A-Z]{3,4})\d{1,2}(?:[A-Z]{3,4})?)(?![A-Za-z0-9])/.exec(rest);
  if (posix && zoneMeanings(posix[2]).length > 0) {
    throw new Unclear(
      `${posix[1]} behind ${stamp} may be a time zone, and is none that can be read`,
    );
  }
  const word = readLetters(rest);
  if (!word) {
    if (/^[-_ .([]{0,2}(?:UTC|GMT)/i.test(rest) || !/^[A-Za-z]/.test(rest)) return found(0, []);
    throw unknown(rest, stamp);
  }
  const { length, mark, letters, zones } = word;
  if (/^local(?:time)?$/i.test(letters) || /^(?:LT|LST|LMT)$/.test(letters)) {
    return found(length, [], true);
  }
  if (letters === "DST") {
    throw new Unclear(
      `DST behind ${stamp} says that it is summer time, and not of which zone`,
    );
  }
  if (zones.length > 0) return found(length, zones);
  // AudioMoth marks by T what was triggered by sound.
  const isKnown = /^(?:UTC|GMT)/i.test(letters) || /^(?:T|h|hrs)$/.test(letters);
  if (mark === "" && !isKnown) throw unknown(rest, stamp);
  return found(0, []);
}

interface Letters {
  readonly length: number;
  /** What stands between. */
  readonly mark: string;
  readonly letters: string;
  readonly zones: readonly ZoneReading[];
}

function readLetters(rest: string): Letters | undefined {
  const word = /^([-_ .([]{0,2})([A-Za-z]+)(?![A-Za-z0-9])/.exec(rest);
  if (!word) return undefined;
  const [{ length }, mark, letters] = word;
  return { length, mark, letters, zones: zonesOfLetters(letters) };
}

function unknown(rest: string, stamp: string): Unclear {
  const [letters] = /^[A-Za-z0-9]+/.exec(rest)!;
  return new Unclear(
    `"${letters}" right behind ${stamp} may be a time zone, and is none that is known`,
  );
}

function zone(text: string, ...minutes: number[]): ZoneReading {
  const offsetsMs = [...new Set(minutes)].map((value) => value * MINUTE_MS);
  return { text: text.replace(/^[_ .,;([]+(?=.)|^-(?=[A-Z])/i, ""), offsetsMs, mayBeNone: false };
}

/** Reads `+0200`, `-05:00`, `_-0100`, and what looks like it: parts that are numbered, and places. */
function readSigned(rest: string): { text: string; zones: ZoneReading[] } | undefined {
  const match = /^([_ .,;]{0,2}[([]?)([+-])(?:(\d\d)(?:([:_-]?)(\d\d))?|(\d))(?!\d)/.exec(rest);
  if (!match) {
    if (!/^[_ .,;]{0,2}[([]?\+\d/.test(rest)) return undefined;
    throw noOffset(/^[^.]*/.exec(rest)![0]);
  }
  const [text, mark, sign, hours, colon = "", minutes, digit] = match;
  const after = rest.slice(text.length);
  // Places: _-12.34567+78.98102 and _+13-090.
  const isPlace = mark !== "" && minutes === undefined && /^(?:\.\d|[ ,]?[+-]\d{3})/.test(after);
  if (isPlace) return undefined;
  const ahead = (hours: string, minutes = "0"): number =>
    (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
  const whole = ahead(hours ?? digit, minutes);
  if (sign === "+") {
    const isCut = minutes === undefined ? /^(?:[A-Za-z]|\.\d)/ : /^[A-Za-z]/;
    const isOffset = digit === undefined && isEarthly(whole) && !isCut.test(after);
    if (isOffset) return { text, zones: [zone(text, whole)] };
    throw noOffset(text);
  }
  // From here on it may be the number of a part or a channel, or the 16 of -16kHz.
  if (/^[A-Za-z]/.test(after)) return undefined;
  if (minutes !== undefined && (colon === "" || colon === ":")) {
    if (isEarthly(whole)) {
      return { text, zones: [{ ...zone(text, whole), mayBeNone: whole === 0 }] };
    }
    if (whole <= -60 && whole >= -15 * 60 && whole % 15 === 0) throw noOffset(text);
    return undefined;
  }
  const minutesAhead = [ahead(hours ?? digit), whole].filter((value) =>
    value < 0 && isEarthly(value)
  );
  if (minutesAhead.length === 0) return undefined;
  return { text, zones: [{ ...zone(text, ...minutesAhead), mayBeNone: true }] };
}

function noOffset(text: string): Unclear {
  return new Unclear(`"${text.replace(/^[_ .,;([]+/, "")}" is no offset that clocks on earth have`);
}

/** Tells what letters beside a stamp can mean. */
function zonesOfLetters(letters: string): ZoneReading[] {
  if (letters === "UT") return [{ ...zone(letters, 0), mayBeNone: true }];
  const capitals = letters.toUpperCase();
  const meanings = zoneMeanings(capitals);
  const isOfficial = letters === capitals || letters === "ChST";
  if (meanings.length === 0 || (isWordToo(capitals) && !isOfficial)) return [];
  return [{
    text: letters,
    offsetsMs: meanings.map(({ offset }) => minutesOf(offset) * MINUTE_MS),
    mayBeNone: !isOfficial || isWordToo(capitals),
  }];
}

const BEFORE = /(?<![A-Za-z0-9])([A-Za-z]{3,5})[-_ .]{0,2}$/;

/** Reads letters for a zone right before a stamp, as in `NOPP6_EST_20090328_000000`. */
function zonesBefore(before: string): ZoneReading[] {
  const [, letters = ""] = BEFORE.exec(before) ?? [];
  return isWordToo(letters.toUpperCase()) ? [] : zonesOfLetters(letters);
}

/** Reads `UTC`, `UTC-8`, `GMT+10` and `UTCm5` anywhere in a name. */
function zonesOfUtc(text: string): ZoneReading[] {
  const found: ZoneReading[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z])(?:UTC|GMT|TZ(?=[ _]?[+-]))/gi)) {
    const rest = text.slice(match.index + match[0].length);
    const shown = match[0] + (/^[A-Za-z0-9+:.-]*/.exec(rest)?.[0] ?? "");
    const offset =
      /^([ _]?[+-]|m|p|minus|plus)(\d{1,2})(?::?(\d\d))?(?![A-Za-z0-9]|\.(?:25|50?|75)(?!\d))/
        .exec(rest);
    if (offset) {
      const [, sign, hours, minutes = "0"] = offset;
      const size = 60 * Number(hours) + Number(minutes);
      const ahead = /[-m]/.test(sign) ? -size : size;
      if (!isEarthly(ahead)) throw noOffset(shown);
      found.push(zone(match[0] + offset[0], ahead));
    } else if (/^[ _]?\+\d|^[A-Za-z]*\d|^-\d\d?[.h]/.test(rest)) {
      throw new Unclear(`${shown} may be an offset from UTC, and is none that can be read`);
    } else if (!/^[A-Za-z]/.test(rest)) found.push(zone(match[0], 0));
  }
  return found;
}

/** Reads letters and offsets apart from a stamp: they may be its zone, or a site, or an axis. */
function zonesApart(text: string): ZoneReading[] {
  const words = [...text.matchAll(/(?<![A-Za-z0-9])(?:Z|[A-Z]{3,5})(?![A-Za-z0-9])/g)]
    .flatMap(([letters]) => letters === "Z" ? [zone(letters, 0)] : zonesOfLetters(letters))
    .filter(({ text }) => !isWordToo(text));
  const offsets = [...text.matchAll(/(?<![\d.])\+(\d\d):?(\d\d)(?![\d.]\d)/g)]
    .map(([text, hours, minutes]) => zone(text, 60 * Number(hours) + Number(minutes)));
  return [...words, ...offsets].map((reading) => ({ ...reading, mayBeNone: true }));
}

/** Minutes of an offset such as `-08:00`. */
function minutesOf(offset: string): number {
  const [hours, minutes] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (60 * hours + minutes);
}
