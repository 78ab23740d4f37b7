import { type ColumnTable, table as arqueroTable } from "arquero";
import { DAY_MS, HOUR_MS, TimeZone } from "../../core/mod.ts";
import type { DayUncertainty } from "../statistics/mod.ts";

/** Presence by cells of time, as plain columns: the shape that all of the analyses work on. */
export interface PresenceColumns {
  /** `[cells]` UTC start of each cell, epoch milliseconds, ascending, one cell apart. */
  startMs: Float64Array;
  /** `[cells]` seconds listened to. */
  effort: Float64Array;
  /** `[cells]` seconds with song. */
  positive: Float64Array;
  /** `[cells]` seconds that would have been listened to had all been recorded that was planned. */
  scheduled: Float64Array;
  /** Length of a cell, milliseconds; a day is a whole number of them. */
  cellMs: number;
}

/** Presence by cells of time: plain columns, or the Arquero table that users hold. */
export type Presence = PresenceColumns | ColumnTable;

/** Tables don't change: those that were taken apart before need not be again. */
const known = new WeakMap<ColumnTable, PresenceColumns>();

/**
 * Takes a presence table apart, once: columns `start` (Date, UTC), `effort_s`, `call_s`, and `scheduled_s`
 * where the recorder slept by a schedule (else all of a cell was to be recorded); one row a cell, every
 * cell of the range. A table of a single cell says by `stop` (Date) how long it is.
 *
 * @param presence The presence table; plain columns are given back as they are.
 * @returns Its columns, which are shared: they must not be changed.
 * @throws {RangeError} Where it is no such table: a column is missing, a cell is missing or twice,
 * song is longer than effort, or a single cell does not say how long it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = [0, 3_600_000].map((ms) => new Date(ms));
 * const columns = presenceColumns(table({ start, effort_s: [3600, 0], call_s: [60, 0] }));
 * assert(columns.cellMs === 3_600_000 && columns.positive[0] === 60);
 * ```
 */
export function presenceColumns(presence: Presence): PresenceColumns {
  if (!("columnNames" in presence)) return presence;
  const columns = known.get(presence) ?? takeApart(presence);
  known.set(presence, columns);
  return columns;
}

/**
 * Makes the Arquero table of plain columns, for those who look at presence themselves.
 *
 * @param columns Presence by cells of time.
 * @returns Columns `start` and `stop` (epoch milliseconds), `effort_s`, `call_s` and `scheduled_s`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [startMs, effort, positive] = [[0, 3_600_000], [3600, 0], [60, 0]].map((of) => new Float64Array(of));
 * const columns = { startMs, effort, positive, scheduled: effort, cellMs: 3_600_000 };
 * assert.equal(tableOfColumns(columns).get("call_s", 0), 60);
 * ```
 */
export function tableOfColumns(columns: PresenceColumns): ColumnTable {
  const { startMs, effort, positive, scheduled, cellMs } = columns;
  const stop = startMs.map((ms) => ms + cellMs);
  const made = arqueroTable({
    start: startMs,
    stop,
    effort_s: effort,
    call_s: positive,
    scheduled_s: scheduled,
  });
  known.set(made, columns);
  return made;
}

function takeApart(table: ColumnTable): PresenceColumns {
  // Without effort nothing is known of song: the table has null there, which becomes 0.
  const column = (name: string): Float64Array => {
    if (!table.columnNames().includes(name)) {
      throw new RangeError(`Cannot analyse presence without a column "${name}" in its table`);
    }
    const held = table.isFiltered() || table.isOrdered() ? undefined : table.column(name);
    return held instanceof Float64Array ? held : table.array(name, Float64Array) as Float64Array;
  };
  const [startMs, effort, positive] = ["start", "effort_s", "call_s"].map(column);
  const cellMs = startMs.length > 1 ? startMs[1] - startMs[0] : onlyCellMs(table, startMs);
  if (!(cellMs > 0) || DAY_MS % cellMs !== 0 || startMs[0] % cellMs !== 0) {
    throw new RangeError(
      "Cannot analyse presence as its cells must be whole minutes or hours of UTC: found " +
        `${cellMs / 1000} s from ${new Date(startMs[0]).toISOString()} on`,
    );
  }
  const scheduled = table.columnNames().includes("scheduled_s")
    ? column("scheduled_s")
    : new Float64Array(startMs.length).fill(cellMs / 1000);
  for (let cell = 0; cell < startMs.length; cell++) {
    if (startMs[cell] !== startMs[0] + cell * cellMs) {
      throw new RangeError(`Cannot analyse presence as cells are missing or twice at row ${cell}`);
    }
    if (!(positive[cell] >= 0 && positive[cell] <= effort[cell] && effort[cell] <= cellMs / 1000)) {
      throw new RangeError(
        `Cannot analyse presence as row ${cell} has ${positive[cell]} s of song in ${
          effort[cell]
        } s ` +
          `of effort in ${cellMs / 1000} s`,
      );
    }
    if (!(scheduled[cell] >= 0 && scheduled[cell] <= cellMs / 1000)) {
      throw new RangeError(
        `Cannot analyse presence as row ${cell} has ${scheduled[cell]} s of scheduled effort in ` +
          `${cellMs / 1000} s`,
      );
    }
  }
  return { startMs, effort, positive, scheduled, cellMs };
}

function onlyCellMs(table: ColumnTable, startMs: Float64Array): number {
  if (startMs.length === 0) throw new RangeError("Cannot analyse presence of no cells");
  if (!table.columnNames().includes("stop")) {
    throw new RangeError(
      'Cannot analyse presence of a single cell without a column "stop", which says how long it is',
    );
  }
  return Number(table.get("stop", 0)) - startMs[0];
}

/**
 * Why a row has no answer, where it has none. `not there`: the place has no such class of light in
 * this time. `not heard`: no effort. `heard too little`: some effort, but nowhere the half that the
 * answer takes, as with a duty cycle whose schedule the table does not have (`scheduled_s`). `never on
 * one day`: classes of light were heard, but on no day all of them. `too short`: the table has fewer
 * days than the answer takes. `no song`: it was heard, and has none. `too little song`: it has
 * some, but no two days of it within a week that count.
 */
export type Unanswered =
  | "not there"
  | "not heard"
  | "heard too little"
  | "never on one day"
  | "too short"
  | "no song"
  | "too little song";

/** Columns that every table with intervals has. */
export interface IntervalColumns {
  low: number;
  high: number;
  /** `sound`, `approximate` or `descriptive`. */
  trust: string;
  block_days: number;
  blocks: number;
}

/** Gives an interval as columns of a table's row. */
export function intervalColumns(
  { low, high, trust, blockDays, blocks }: DayUncertainty & { low: number; high: number },
): IntervalColumns {
  return { low, high, trust, block_days: blockDays, blocks };
}

/** Whose hours of the day: UTC, the sun's at a longitude, or the clocks' of a time zone. */
export type HourClock = "utc" | { solarAtLongitude: number } | { timeZone: string };

/**
 * Tells the hour of the day of an instant.
 *
 * @param clock `utc`; `{ solarAtLongitude }`, degrees east: local mean solar time, 4 minutes a
 * degree, within 17 minutes of a sundial's; or `{ timeZone }`, an IANA name, summer time included,
 * or a fixed offset such as `-08:00`.
 * @returns A function from epoch milliseconds to 0…23.
 * @throws {RangeError} Where the longitude is beyond ±180.
 * @throws {MegapteraError} `usage` where there is no such zone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const noon = Date.UTC(2021, 6, 1, 20);
 * assert.equal(hourOfClock()(noon), 20);
 * assert.equal(hourOfClock({ solarAtLongitude: -122.186 })(noon), 11);
 * assert.equal(hourOfClock({ timeZone: "America/Los_Angeles" })(noon), 13);
 * ```
 */
export function hourOfClock(clock: HourClock = "utc"): (ms: number) => number {
  if (clock === "utc") return hourOfUtc;
  if ("solarAtLongitude" in clock) {
    const { solarAtLongitude: longitude } = clock;
    if (!(Math.abs(longitude) <= 180)) {
      throw new RangeError(`Cannot tell solar time as a longitude is −180 to 180: ${longitude}`);
    }
    return (ms) => hourOfUtc(ms + longitude * 240_000);
  }
  const zone = new TimeZone(clock.timeZone);
  return (ms) => hourOfUtc(ms + zone.offsetMs(ms));
}

function hourOfUtc(ms: number): number {
  return Math.floor((ms % DAY_MS + DAY_MS) % DAY_MS / HOUR_MS);
}
