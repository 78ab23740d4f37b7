import { type ClockDigits, DAY_MS, wallTime, type ZoneReading } from "../../core/mod.ts";

/** A date and time of day found in a name, without what stands around it. */
export interface Stamp {
  /** Where its characters lie, `[from, to)`. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What the clock showed, as if it were UTC: epoch milliseconds, in whole seconds. */
  readonly wallMs: number;
  /** Whether seconds are written. */
  readonly hasSeconds: boolean;
  /** Whether a T stands between date and time, as in ISO 8601. */
  readonly isIso: boolean;
  /** Milliseconds written without a mark behind the seconds, as in `T035946676`. */
  readonly thousandths?: string;
  /** Hour of the day that is written. */
  readonly hour: number;
  /** Whether it counts from 1970 in UTC, so that it needs no zone. */
  readonly isUnix?: boolean;
  /** What a format says of the rest of it, where the user gave one. */
  readonly told?: {
    readonly fractionMs: number;
    readonly resolutionMs: 1000 | 1;
    readonly zones: readonly ZoneReading[];
  };
}

/** The months in English. */
export const MONTHS: readonly string[] = [
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September"],
  ...["October", "November", "December"],
];
const MONTH = `(?<name>${MONTHS.flatMap((name) => [name, name.slice(0, 3)]).join("|")}|Sept)`;

// The marks within a date are the same, and so are those within a time.
const YEAR_FIRST = String.raw`(?<year>\d{4})(?<dash>[-_. ])(?<month>\d\d)\k<dash>(?<day>\d\d)`;
const YEAR_LAST = String.raw`(?<one>\d\d)(?<dash>[-_. ])(?<two>\d\d)\k<dash>(?<year>\d{4})`;
const SHORT = String.raw`(?<one>\d\d)(?<dash>[-_. ])(?<two>\d\d)\k<dash>(?<three>\d\d)`;
const DAY_OF_YEAR = String.raw`(?<year>\d{4})(?<dash>[-_.]?)(?<dayOfYear>\d{3})`;
const DAY_FIRST_NAMED = String
  .raw`(?<day>\d{1,2})(?<dash>[-_. ]?)${MONTH}\k<dash>(?<year>\d{4}|\d\d)`;
const YEAR_FIRST_NAMED = String.raw`(?<year>\d{4})(?<dash>[-_. ]?)${MONTH}\k<dash>(?<day>\d\d)`;
const MONTH_FIRST_NAMED = String
  .raw`${MONTH}(?<dash>[-_. ])(?<day>\d{1,2})(?:,? |\k<dash>)(?<year>\d{4})`;
const YEAR_FIRST_LETTERS = String.raw`(?<year>\d{4})y(?<month>\d\d)m(?<day>\d\d)d`;
const YEAR_FIRST_DIGITS = String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)`;
const YEAR_LAST_DIGITS = String.raw`(?<one>\d\d)(?<two>\d\d)(?<year>\d{4})`;
const SHORT_DIGITS = String.raw`(?<year>\d\d)(?<month>\d\d)(?<day>\d\d)`;

const BETWEEN = String.raw`(?<between>[-_ ]?T|[-_. $,]|__|--|_-_| - |[_ ]at[_ ]|-birdnet-)`;
const SECONDS_DIGITS = String.raw`(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)`;
const THOUSANDTHS = String.raw`(?<thousandths>\d{3}|\d{6})?`;
const SECONDS_MARKED = String
  .raw`(?<hour>\d\d)(?<colon>[-_:.,; ])(?<minute>\d\d)\k<colon>(?<second>\d\d)`;
const SECONDS_OTHERWISE = String
  .raw`(?<hour>\d\d)h(?<minute>\d\d)m(?<second>\d\d)s?|${SECONDS_DIGITS}${THOUSANDTHS}`;
const SECONDS = `(?:${SECONDS_MARKED}|${SECONDS_OTHERWISE})`;
/** Seconds behind a date without marks: a number more behind them tells that they are no time. */
const SECONDS_ALONE = String
  .raw`(?:${SECONDS_MARKED}(?!\k<colon>\d\d(?!\d))|${SECONDS_OTHERWISE})`;
// Two digits behind them may be the seconds.
const NO_SECONDS = String.raw`(?!\d|[-_:.,h ]\d\d(?!\d))`;
const MINUTES_DIGITS = String.raw`(?<hour>\d\d)(?<minute>\d\d)${NO_SECONDS}`;
const MINUTES = String.raw`(?:(?<hour>\d\d)[:h](?<minute>\d\d)${NO_SECONDS}|${MINUTES_DIGITS})`;
const MINUTES_MARKED = String
  .raw`(?<hour>\d\d)(?<colon>[-._])(?<minute>\d\d)(?!\d|\k<colon>\d)`;

const between = (dates: readonly string[], time: string): string[] =>
  dates.map((date) => date + BETWEEN + time);

/** Forms of dates and times, the surest first: a surer one is believed where they overlap. */
const FORMS: readonly (readonly string[])[] = [
  [
    ...between([YEAR_FIRST, YEAR_LAST, YEAR_FIRST_LETTERS], SECONDS),
    ...between([DAY_FIRST_NAMED, YEAR_FIRST_NAMED, MONTH_FIRST_NAMED], SECONDS),
    ...between([YEAR_FIRST_DIGITS, YEAR_LAST_DIGITS, DAY_OF_YEAR], SECONDS_ALONE),
    YEAR_FIRST_DIGITS + SECONDS_DIGITS + THOUSANDTHS,
    YEAR_LAST_DIGITS + SECONDS_DIGITS,
    DAY_OF_YEAR.replace("[-_.]?", "") + SECONDS_DIGITS,
  ],
  [...between([SHORT, SHORT_DIGITS], SECONDS_ALONE), SHORT_DIGITS + SECONDS_DIGITS],
  [
    ...between(
      [YEAR_FIRST, YEAR_LAST, YEAR_FIRST_NAMED, MONTH_FIRST_NAMED],
      `(?:${MINUTES}|${MINUTES_MARKED})`,
    ),
    ...between([YEAR_FIRST_DIGITS, YEAR_LAST_DIGITS, DAY_FIRST_NAMED], MINUTES),
    YEAR_FIRST_DIGITS + MINUTES_DIGITS,
  ],
  between([SHORT_DIGITS], MINUTES),
];

// Looking ahead lets matches overlap, so that a number before a time can't swallow part of it.
const PATTERNS = FORMS.map((forms) =>
  forms.map((form) => new RegExp(String.raw`(?<!\d)(?=(?<text>${form})(?!\d))`, "gi"))
);

/** Most that two readings of the same digits may be apart for both to be there. */
const MOST_APART_MS = 2 * 366 * DAY_MS;

/**
 * Finds what may be a date and time of day in a name: all readings, and not those that overlap a
 * surer one. Digits are never cut out of a longer number. Where digits can be read as two dates
 * (day first, month first), both are there.
 *
 * @param name The name of a file, without folders.
 * @returns The readings, in no particular order.
 */
export function findStamps(name: string): Stamp[] {
  const found: { stamp: Stamp; rank: number }[] = [];
  for (const [rank, patterns] of PATTERNS.entries()) {
    for (const pattern of patterns) {
      for (const match of name.matchAll(pattern)) {
        found.push(...readings(match, name).map((stamp) => ({ stamp, rank })));
      }
    }
  }
  const stamps = found.filter(({ stamp, rank }) =>
    !found.some((other) => other.rank < rank && hides(other.stamp, stamp))
  ).map(({ stamp }) => stamp);
  return stamps.length > 0 ? stamps : unixStamps(name);
}

/**
 * Tells whether a surer reading takes digits of another, which then is none; of the same digits both are
 * there. In 20220202_210305_120000 the day of a deployment may stand before the start, so that a full
 * time which is at most two years away stays there too.
 */
function hides(surer: Stamp, other: Stamp): boolean {
  const isSame = surer.from === other.from && surer.to === other.to;
  if (isSame || surer.from >= other.to || other.from >= surer.to) return false;
  const isFull = other.hasSeconds && /^\d{6}/.test(other.text);
  return !isFull || Math.abs(surer.wallMs - other.wallMs) > MOST_APART_MS;
}

function readings(match: RegExpExecArray, name: string): Stamp[] {
  const parts = match.groups as Record<string, string | undefined>;
  const { text = "", hour = "", minute = "", second, between = "", thousandths } = parts;
  const from = match.index;
  // SoundTrap writes SERIAL.YYMMDDHHMMSS, never a year of four digits without seconds.
  if (/^\d{12}$/.test(text) && second === undefined && /\d\.$/.test(name.slice(0, from))) return [];
  return datesOf(parts).flatMap((date) => {
    const wallMs = wallTime({ ...date, hour, minute, second });
    if (wallMs === undefined) return [];
    return [{
      from,
      to: from + text.length,
      text,
      wallMs,
      hasSeconds: second !== undefined,
      isIso: /t$/i.test(between),
      ...(thousandths === undefined ? {} : { thousandths }),
      hour: Number(hour),
    }];
  });
}

type DateDigits = Pick<ClockDigits, "year" | "month" | "day" | "dayOfYear">;

/** Finds the dates that digits can mean. */
function datesOf(parts: Record<string, string | undefined>): DateDigits[] {
  const { year = "", month, day = "1", one, two = "", three, name, dayOfYear } = parts;
  if (three !== undefined) {
    return [[one, two, three], [three, two, one], [three, one, two]]
      .map(([year = "", month = "", day = ""]) => ({ year, month, day }));
  }
  if (year.length === 4 && !/^(?:19|20)/.test(year)) return [];
  if (one !== undefined) return [{ year, month: two, day: one }, { year, month: one, day: two }];
  return [{ year, month: month ?? (name === undefined ? "1" : monthOf(name)), day, dayOfYear }];
}

/** Gives the number of a month by its English name or its first letters, as digits. */
export function monthOf(name: string): string {
  const start = name.slice(0, 3).toLowerCase();
  return String(1 + MONTHS.findIndex((full) => full.toLowerCase().startsWith(start)));
}

/**
 * Seconds since 1970, in a name with few other digits: 10 of them, or the 8 hexadecimal ones that
 * early AudioMoths name their files by. Serial numbers have as many digits, and so have dates with
 * hours and minutes.
 */
function unixStamps(name: string): Stamp[] {
  const hex = /^(?=.*[A-F])[0-9A-F]{8}(?=\.[A-Za-z0-9]+$|$)/.exec(name);
  const match = hex ?? /(?<!\d)1\d{9}(?!\d)/.exec(name);
  if (!match || (!hex && name.replace(/\D/g, "").length > 10 + 4)) return [];
  const [text] = match;
  const place = { from: match.index, to: match.index + text.length, text, isIso: false };
  const wallMs = 1000 * Number.parseInt(text, hex ? 16 : 10);
  const hour = new Date(wallMs).getUTCHours();
  const unix = { ...place, wallMs, hour, hasSeconds: true, isUnix: true };
  if (hex) return [unix];
  const [year, month, day, dateHour, minute] = text.match(/../g)!;
  const dateMs = wallTime({ year, month, day, hour: dateHour, minute });
  if (dateMs === undefined) return [unix];
  return [unix, { ...place, wallMs: dateMs, hour: Number(dateHour), hasSeconds: false }];
}
