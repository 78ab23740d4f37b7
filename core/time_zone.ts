import { MegapteraError } from "./errors.ts";

/**
 * Turns times of a zone's clocks into UTC and back; the zone goes by its IANA name or a fixed
 * offset.
 */
export class TimeZone {
  /** Name as IANA spells it, such as `America/Los_Angeles`, or an offset, such as `-08:00`. */
  readonly name: string;
  /** The span that was asked for last in which the clocks' offset does not change. */
  #known = { fromMs: 0, stopMs: 0, offsetMs: 0 };

  /**
   * @param name An IANA name, such as `America/Los_Angeles`, `UTC` or `Etc/GMT+8` (8 h behind UTC),
   * links such as `US/Pacific` included; or an offset that clocks on earth have, such as `-08:00`.
   * @throws {MegapteraError} `usage` for anything else. Letters such as PST or EST are refused
   * though the system knows some: they mean different zones on different continents, and nobody can
   * tell whether a clock that is said to show them follows summer time.
   */
  constructor(name: string) {
    const fault = faultOf(name);
    if (fault !== undefined) throw refused(name, fault);
    try {
      this.name = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
    } catch (cause) {
      const remedy = "it is not an IANA name: write it like America/Los_Angeles, or -08:00 for a " +
        "clock that is always 8 h behind UTC";
      throw refused(name, remedy, cause);
    }
  }

  /** Tells what the zone's clocks and calendars show at an instant, epoch milliseconds. */
  at(ms: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.name);
  }

  /**
   * Tells when a clock on the wall shows a time.
   *
   * @param wallMs What it shows, as if it were UTC: epoch milliseconds.
   * @returns The instants, ascending, epoch milliseconds: one; none in the hour that summer time
   * skips; two in the hour that its end repeats.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * const zone = new TimeZone("Europe/Berlin");
   * assert.deepEqual(zone.instants(Date.UTC(2021, 0, 1, 1)), [Date.UTC(2021, 0, 1, 0)]);
   * assert.deepEqual(zone.instants(Date.UTC(2021, 2, 28, 2, 30)), []);
   * assert.equal(zone.instants(Date.UTC(2021, 9, 31, 2, 30)).length, 2);
   * ```
   */
  instants(wallMs: number): number[] {
    const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO("UTC")
      .toPlainDateTime();
    const [first, last] = (["earlier", "later"] as const).map((disambiguation) =>
      wall.toZonedDateTime(this.name, { disambiguation })
    );
    if (!first.toPlainDateTime().equals(wall)) return [];
    return [...new Set([first.epochMilliseconds, last.epochMilliseconds])];
  }

  /**
   * Tells how far the zone's clocks are ahead of UTC at an instant.
   *
   * @param ms The instant, epoch milliseconds.
   * @returns Milliseconds.
   */
  offsetMs(ms: number): number {
    const { fromMs, stopMs } = this.#known;
    if (ms < fromMs || ms >= stopMs) {
      const there = this.at(ms);
      this.#known = {
        // The change before what comes next is this instant's own, where it lies on one.
        fromMs: there.add({ nanoseconds: 1 }).getTimeZoneTransition("previous")
          ?.epochMilliseconds ?? -Infinity,
        stopMs: there.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity,
        offsetMs: there.offsetNanoseconds / 1e6,
      };
    }
    return this.#known.offsetMs;
  }
}

function refused(name: string, reason: string, cause?: unknown): MegapteraError {
  return new MegapteraError(
    "usage",
    `Cannot use the time zone "${name}" as ${reason}.`,
    { cause },
  );
}

/** Tells what is wrong with a name though the system may know it. */
function faultOf(name: string): string | undefined {
  const offset = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name);
  if (offset) {
    const [, sign, hours, minutes = "00"] = offset;
    const ahead = Number(`${sign}1`) * (60 * Number(hours) + Number(minutes));
    return isEarthly(ahead) ? undefined : "no clock on earth shows that offset from UTC";
  }
  const fromUtc = /^(?:UTC|GMT)([+-])(\d\d?)(?::?(\d\d))?$/i.exec(name);
  if (fromUtc && !/^GMT[+-]0$/i.test(name)) {
    const [, sign, hours, minutes = "00"] = fromUtc;
    return `it is neither an IANA name nor an offset: write ${sign}${hours.padStart(2, "0")}:` +
      minutes;
  }
  const meant = zoneMeanings(name.toUpperCase())
    .map(({ offset, zone }) => `${offset} where the clock always shows that, or ${zone}`);
  if (meant.length === 0) return undefined;
  return `letters are no IANA name: write ${meant.join("; or ")}`;
}

/**
 * Offsets from UTC, in minutes, that clocks on earth have had since 2000 (IANA time zone database;
 * a test holds them against it), and the 12 h behind that ships keep.
 */
const EARTHLY_MINUTES: ReadonlySet<number> = new Set([
  ...Array.from({ length: 27 }, (_, i) => (i - 12) * 60),
  ...[-570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 585, 630, 690, 765, 825],
]);

/**
 * Tells whether clocks anywhere on earth are so many minutes ahead of UTC.
 *
 * @param minutes Minutes ahead of UTC, < 0 behind it.
 */
export function isEarthly(minutes: number): boolean {
  return EARTHLY_MINUTES.has(minutes);
}

/** Meaning of letters for a time zone. */
interface ZoneMeaning {
  /** Offset, as `-08:00`. */
  readonly offset: string;
  /** An IANA zone whose clocks show it, for part of the year or all of it. */
  readonly zone: string;
}

/**
 * Letters that people write for time zones. They are no standard, and many mean several zones, on
 * different continents: these lists hold the meanings in use today.
 */
const MEANINGS: Readonly<Record<string, string>> = {
  ACDT: "+10:30 Australia/Adelaide",
  ACST: "+09:30 Australia/Darwin",
  ADT: "-03:00 America/Halifax",
  AEDT: "+11:00 Australia/Sydney",
  AEST: "+10:00 Australia/Brisbane",
  AKDT: "-08:00 America/Anchorage",
  AKST: "-09:00 America/Anchorage",
  AST: "-04:00 America/Halifax, +03:00 Asia/Riyadh",
  AWST: "+08:00 Australia/Perth",
  BRT: "-03:00 America/Sao_Paulo",
  BST: "+01:00 Europe/London, +06:00 Asia/Dhaka, +11:00 Pacific/Bougainville",
  CDT: "-05:00 America/Chicago, -04:00 America/Havana",
  CEST: "+02:00 Europe/Paris",
  CET: "+01:00 Europe/Paris",
  CHADT: "+13:45 Pacific/Chatham",
  CHAST: "+12:45 Pacific/Chatham",
  CHST: "+10:00 Pacific/Guam",
  CLST: "-03:00 America/Santiago",
  CLT: "-04:00 America/Santiago",
  CST: "-06:00 America/Chicago, +08:00 Asia/Shanghai, -05:00 America/Havana",
  EDT: "-04:00 America/New_York",
  EEST: "+03:00 Europe/Athens",
  EET: "+02:00 Europe/Athens",
  EST: "-05:00 America/New_York",
  FKST: "-03:00 Atlantic/Stanley",
  GST: "+04:00 Asia/Dubai, -02:00 Atlantic/South_Georgia",
  HADT: "-09:00 America/Adak",
  HAST: "-10:00 Pacific/Honolulu",
  HDT: "-09:00 America/Adak",
  HKT: "+08:00 Asia/Hong_Kong",
  HST: "-10:00 Pacific/Honolulu",
  IDT: "+03:00 Asia/Jerusalem",
  IST: "+05:30 Asia/Kolkata, +01:00 Europe/Dublin, +02:00 Asia/Jerusalem",
  JST: "+09:00 Asia/Tokyo",
  KST: "+09:00 Asia/Seoul",
  LHDT: "+11:00 Australia/Lord_Howe",
  LHST: "+10:30 Australia/Lord_Howe",
  MDT: "-06:00 America/Denver",
  MET: "+01:00 Europe/Paris",
  MSK: "+03:00 Europe/Moscow",
  MST: "-07:00 America/Denver",
  NDT: "-02:30 America/St_Johns",
  NFT: "+11:00 Pacific/Norfolk",
  NST: "-03:30 America/St_Johns",
  NZDT: "+13:00 Pacific/Auckland",
  NZST: "+12:00 Pacific/Auckland",
  PDT: "-07:00 America/Los_Angeles",
  PHT: "+08:00 Asia/Manila",
  PKT: "+05:00 Asia/Karachi",
  PST: "-08:00 America/Los_Angeles",
  SAST: "+02:00 Africa/Johannesburg",
  SGT: "+08:00 Asia/Singapore",
  SST: "-11:00 Pacific/Pago_Pago, +08:00 Asia/Singapore",
  WEST: "+01:00 Europe/Lisbon",
  WET: "+00:00 Europe/Lisbon",
  WIB: "+07:00 Asia/Jakarta",
  WITA: "+08:00 Asia/Makassar",
};

/** Letters for zones that are words or sites' names as often: `_WEST`, `_WET`. */
const WORDS: ReadonlySet<string> = new Set(["MET", "WEST", "WET", "WITA", "CLT", "IDT", "NFT"]);

/**
 * Tells what letters for a time zone can mean.
 *
 * @param letters Such as `PST`, in capitals.
 * @returns The meanings, the most usual first; none where the letters are for no zone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(zoneMeanings("PST"), [{ offset: "-08:00", zone: "America/Los_Angeles" }]);
 * assert.equal(zoneMeanings("CST").length, 3);
 * ```
 */
export function zoneMeanings(letters: string): ZoneMeaning[] {
  if (!Object.hasOwn(MEANINGS, letters)) return [];
  return MEANINGS[letters].split(", ").map((meaning) => {
    const [offset, zone] = meaning.split(" ");
    return { offset, zone };
  });
}

/**
 * Tells whether letters for a zone are a word or a site's name as often.
 *
 * @param letters Such as `WEST`, in capitals.
 */
export function isWordToo(letters: string): boolean {
  return WORDS.has(letters);
}

/** Part of a name that may be a time zone. */
export interface ZoneReading {
  readonly text: string;
  /** Offsets that its clocks may have, ahead of UTC, milliseconds. */
  readonly offsetsMs: readonly number[];
  /** Whether it may as well be no zone: a part's number, or a word. */
  readonly mayBeNone: boolean;
}
