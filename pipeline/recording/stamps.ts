/** A time found in a text. */
export interface Stamp {
  /** Epoch milliseconds, UTC. */
  readonly ms: number;
  /** 1 where fractions of a second are written, else 1000. */
  readonly resolutionMs: 1000 | 1;
  /** Whether a zone is written; where none is, `ms` is what the clock showed, as if it were UTC. */
  readonly hasZone: boolean;
  /** What is written. */
  readonly text: string;
}

const day = String.raw`(?<year>\d{4})(?<dash>[-_]?)(?<month>\d\d)\k<dash>(?<date>\d\d)`;
const clock = String.raw`(?<hour>\d\d)(?<colon>[:_-]?)(?<minute>\d\d)\k<colon>(?<second>\d\d)`;
// With -250 for .250 only before Z, as programs that replace both : and . by - write it.
const fraction = String.raw`(?:[.,](?<fraction>\d{1,9})|[-_](?<dashed>\d{3})(?=Z))`;
const hours = String.raw`(?:0\d|1[0-4])`;
const minutes = String.raw`(?:00|15|30|45)`;
const offset = String.raw`[+-]${hours}[:_-]?${minutes}|\+${hours}`;
const stop = String.raw`(?![0-9A-Za-z])`;
// A T says that the text means ISO 8601, so that a fraction or -05 after it can be believed;
// after 20210101_093000 they may as well be a counter.
const iso =
  `${day}T${clock}(?:${fraction}(?=${stop}|Z))?(?<zone>(?:Z|${offset}|-${hours})${stop})?`;
const plain = `${day}[ _-]${clock}(?<zone>(?:Z|${offset})${stop})?`;
const soundTrap = String
  .raw`(?<=\.)(?<year>\d\d)(?<month>\d\d)(?<date>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)`;
// Looking ahead lets matches overlap, so that a number before a time cannot swallow part of it.
// A + with digits that are no offset is not passed over: the time would be read as UTC.
const patterns = [iso, plain, soundTrap].map((pattern) =>
  new RegExp(String.raw`(?<!\d)(?=(?<text>${pattern})(?!\+?\d))`, "gi")
);

/**
 * Finds the times written in a text: ISO 8601 (extended, basic, or with `-` or `_` in place of
 * `:`, which file systems forbid), AudioMoth's `20210101_093000`, SoundTrap's `.210101093000`
 * (of this century). UTC is meant where no zone is written. Days and times that do not exist,
 * years before 1900, and digits within longer runs of digits are no times.
 *
 * @param text Any text.
 * @returns The times, in no particular order.
 */
export function stamps(text: string): Stamp[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const parts = match.groups as Record<string, string | undefined>;
      const ms = instant(parts);
      if (ms === undefined) return [];
      const hasFraction = (parts.fraction ?? parts.dashed) !== undefined;
      const hasZone = parts.zone !== undefined;
      return [{ ms, hasZone, resolutionMs: hasFraction ? 1 : 1000, text: parts.text ?? "" }];
    })
  );
}

function instant(parts: Record<string, string | undefined>): number | undefined {
  const { year, month, date, hour, minute, second } = parts;
  const full = year?.length === 2 ? `20${year}` : year;
  const iso = `${full}-${month}-${date}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(iso);
  // Date.parse takes February 30 for March 2 and hour 24 for the next day.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== iso || Number(full) < 1900) {
    return undefined;
  }
  const written = parts.fraction ?? parts.dashed ?? "0";
  return ms + Math.round(Number(`0.${written}`) * 1000) - zoneMs(parts.zone);
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const digits = zone.replace(/\D/g, "").padEnd(4, "0");
  const minutes = 60 * Number(digits.slice(0, 2)) + Number(digits.slice(2));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000;
}
