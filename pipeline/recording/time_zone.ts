import { MegapteraError } from "../errors.ts";
import { isEarthly, zoneMeanings } from "./zones_in_words.ts";

/** A time zone, by its IANA name or a fixed offset: from clocks on the wall to UTC and back. */
export class TimeZone {
  /** Its name as IANA spells it, such as `America/Los_Angeles`, or its offset, such as `-08:00`. */
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
