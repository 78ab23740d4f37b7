/**
 * Offsets from UTC, in minutes, that clocks on earth have had since 2000 (IANA time zone database;
 * a test holds them against it), and the 12 h behind that ships keep.
 */
const EARTHLY_MINUTES: ReadonlySet<number> = new Set([
  ...Array.from({ length: 27 }, (_, i) => (i - 12) * 60),
  ...[-570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 585, 630, 690, 765, 825],
]);

/** Whether clocks anywhere on earth are so many minutes ahead of UTC. */
export function isEarthly(minutes: number): boolean {
  return EARTHLY_MINUTES.has(minutes);
}

/** Meaning of letters for a time zone. */
export interface ZoneMeaning {
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

/** Whether letters for a zone are a word or a site's name as often. */
export function isWordToo(letters: string): boolean {
  return WORDS.has(letters);
}

/** Part of a name that may be a time zone. */
export interface ZoneReading {
  readonly text: string;
  /** How far its clocks may be ahead of UTC, milliseconds. */
  readonly offsetsMs: readonly number[];
  /** Whether it may as well be no zone: a part's number, or a word. */
  readonly mayBeNone: boolean;
}
