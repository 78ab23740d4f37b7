import type { TimeZone } from "../../pipeline/recording/time_zone.ts";

/** How long a cell of presence is. */
export type CellSize = "minute" | "hour" | "day" | "month";

/** All of them, shortest first. */
export const CELL_SIZES: readonly CellSize[] = ["minute", "hour", "day", "month"];

const EVEN_MS = { minute: 60_000, hour: 3_600_000 };

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
    const wallMs = ms + this.#zone.offsetMs(ms);
    const evenMs = this.#evenMs;
    if (evenMs !== undefined) {
      const startMs = ms - (((wallMs % evenMs) + evenMs) % evenMs);
      // A change by half an hour ends a cell between this and the instant.
      const nextMs = this.after(startMs);
      return nextMs <= ms ? nextMs : startMs;
    }
    const date = new Date(wallMs);
    const day = this.#by === "day" ? date.getUTCDate() : 1;
    return this.#zone.firstInstant(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day));
  }

  /** Start of the cell after one; both in epoch milliseconds. */
  after(startMs: number): number {
    const wallMs = startMs + this.#zone.offsetMs(startMs);
    const evenMs = this.#evenMs;
    // After a change by half an hour the next top of an hour is half an hour away.
    if (evenMs !== undefined) return startMs + evenMs - (((wallMs % evenMs) + evenMs) % evenMs);
    const date = new Date(wallMs);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    for (let more = 1;; more++) {
      const next = this.#by === "day"
        ? Date.UTC(year, month, date.getUTCDate() + more)
        : Date.UTC(year, month + more);
      const nextMs = this.#zone.firstInstant(next);
      // A day that a zone skips altogether (Samoa's 30 December 2011) has no cell.
      if (nextMs > startMs) return nextMs;
    }
  }

  get #evenMs(): number | undefined {
    return this.#by === "minute" || this.#by === "hour" ? EVEN_MS[this.#by] : undefined;
  }
}
