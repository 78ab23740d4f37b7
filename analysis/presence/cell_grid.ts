import { HOUR_MS, type TimeZone } from "../../core/mod.ts";

/** How long a cell of presence is. */
export type CellSize = "minute" | "hour" | "day" | "month";

/** All of them, shortest first. */
export const CELL_SIZES: readonly CellSize[] = ["minute", "hour", "day", "month"];

const EVEN_MS = { minute: 60_000, hour: HOUR_MS };

/** The cells of a clock on the wall: each minute, hour, day or month of a time zone. */
export class CellGrid {
  readonly #by: CellSize;
  readonly #zone: TimeZone;

  /**
   * @param by Length of a cell.
   * @param zone The clock; days of 23 and 25 h are as long as they are.
   */
  constructor(by: CellSize, zone: TimeZone) {
    this.#by = by;
    this.#zone = zone;
  }

  /** Start of the cell that an instant lies in; both in epoch milliseconds. */
  startOf(ms: number): number {
    const evenMs = this.#evenMs;
    if (evenMs !== undefined) {
      const wallMs = ms + this.#zone.offsetMs(ms);
      const startMs = ms - (((wallMs % evenMs) + evenMs) % evenMs);
      // A change by half an hour ends a cell between this and the instant.
      const nextMs = this.after(startMs);
      return nextMs <= ms ? nextMs : startMs;
    }
    return this.#calendarCell(ms).epochMilliseconds;
  }

  /** Start of the cell after one; both in epoch milliseconds. */
  after(startMs: number): number {
    const evenMs = this.#evenMs;
    if (evenMs !== undefined) {
      const wallMs = startMs + this.#zone.offsetMs(startMs);
      // After a change by half an hour the next top of an hour is half an hour away.
      return startMs + evenMs - (((wallMs % evenMs) + evenMs) % evenMs);
    }
    // A day that a zone skips altogether (Samoa's 30 December 2011) has no cell.
    const next = this.#calendarCell(startMs).add(this.#by === "day" ? { days: 1 } : { months: 1 });
    return next.startOfDay().epochMilliseconds;
  }

  /** The first instant of an instant's day or month. */
  #calendarCell(ms: number): Temporal.ZonedDateTime {
    const there = this.#zone.at(ms);
    return (this.#by === "day" ? there : there.with({ day: 1 })).startOfDay();
  }

  get #evenMs(): number | undefined {
    return this.#by === "minute" || this.#by === "hour" ? EVEN_MS[this.#by] : undefined;
  }
}

/** Share of a cell that must have effort for it to have a proportion: half, as in `docs/bouts.md`. */
export const MIN_EFFORT = 0.5;
