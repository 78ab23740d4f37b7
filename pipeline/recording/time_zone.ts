import { MegapteraError } from "../errors.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Clocks on the wall are at most 14 h ahead of UTC and 12 h behind: surely before, surely after. */
const [BEFORE_MS, AFTER_MS] = [15 * HOUR_MS, 13 * HOUR_MS];

/** A time zone by its IANA name: from clocks on the wall to UTC. */
export class TimeZone {
  /** Its name, such as `America/Los_Angeles`. */
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #known = new Map<number, number>();

  /**
   * @param name An IANA name, such as `America/Los_Angeles`, `UTC` or `Etc/GMT+8` (8 h behind UTC).
   * @throws {MegapteraError} `usage` where there is no such zone.
   */
  constructor(name: string) {
    this.name = name;
    try {
      this.#format = new Intl.DateTimeFormat("en-US", {
        timeZone: name,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
    } catch (cause) {
      throw new MegapteraError(
        "usage",
        `Cannot use the time zone "${name}" as it is not an IANA name: write it like ` +
          "America/Los_Angeles, or Etc/GMT+8 for a clock that is always 8 h behind UTC.",
        { cause },
      );
    }
  }

  /**
   * When a clock on the wall shows a time.
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
    // Zones change at most once within two days: these offsets are all there can be.
    const offsets = [wallMs - BEFORE_MS, wallMs + AFTER_MS].map((ms) => this.offsetMs(ms));
    return [...new Set(offsets)]
      .map((offset) => wallMs - offset)
      .filter((ms) => ms + this.offsetMs(ms) === wallMs)
      .sort((a, b) => a - b);
  }

  /**
   * The first instant at which a clock on the wall shows a time, or a later one where it skips it.
   *
   * @param wallMs What it shows, as if it were UTC: epoch milliseconds.
   * @returns The instant, epoch milliseconds.
   */
  firstInstant(wallMs: number): number {
    return this.instants(wallMs)[0] ?? wallMs - this.offsetMs(wallMs - BEFORE_MS);
  }

  /**
   * What the zone's clocks are ahead of UTC at an instant.
   *
   * @param ms The instant, epoch milliseconds.
   * @returns Milliseconds.
   */
  offsetMs(ms: number): number {
    const day = Math.floor(ms / DAY_MS) * DAY_MS;
    const [early, late] = [this.#offsetOnce(day), this.#offsetOnce(day + DAY_MS)];
    return early === late ? early : this.#workOut(ms);
  }

  /** The offset at the start of a day of UTC: asking the system again and again takes long. */
  #offsetOnce(day: number): number {
    const known = this.#known.get(day);
    if (known !== undefined) return known;
    if (this.#known.size > 1000) this.#known.clear();
    const offset = this.#workOut(day);
    this.#known.set(day, offset);
    return offset;
  }

  #workOut(ms: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(ms)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts;
    const wholeSeconds = Math.floor(ms / 1000) * 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
  }
}
