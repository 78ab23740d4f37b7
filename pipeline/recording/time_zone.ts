import { MegapteraError } from "../errors.ts";

const HALF_DAY_MS = 43_200_000;

/** A time zone by its IANA name: from clocks on the wall to UTC. */
export class TimeZone {
  /** Its name, such as `America/Los_Angeles`. */
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;

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
    // Zones change at most once within a day: the offsets half a day off are all there can be.
    const offsets = [wallMs - HALF_DAY_MS, wallMs + HALF_DAY_MS].map((ms) => this.#offsetMs(ms));
    return [...new Set(offsets)]
      .map((offset) => wallMs - offset)
      .filter((ms) => ms + this.#offsetMs(ms) === wallMs)
      .sort((a, b) => a - b);
  }

  /** What the zone's clocks are ahead of UTC at an instant. */
  #offsetMs(ms: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(ms)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts;
    const wholeSeconds = Math.floor(ms / 1000) * 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSeconds;
  }
}
