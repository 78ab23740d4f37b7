import type { CallSink } from "../../pipeline/calls/mod.ts";
import type { CellGrid } from "./cell_grid.ts";
import type { PresenceCell } from "./presence_cell.ts";

interface Tally {
  startMs: number;
  stopMs: number;
  effort: number;
  call: number;
  bouts: number;
}

/**
 * Counts effort, positive seconds and bouts into cells as they are found. A second counts in the
 * cell that it lies in itself, and a bout where it starts.
 */
export class PresenceBuilder implements CallSink {
  readonly #grid: CellGrid;
  readonly #stopMs: number;
  readonly #minEffort: number;
  readonly #scheduled: (startMs: number, stopMs: number) => number;
  /** Cells that are not complete, ascending, without a break. */
  readonly #open: Tally[] = [];
  #nextMs: number;

  /**
   * @param grid The cells.
   * @param startMs First instant of the range, epoch milliseconds: its cell is the first.
   * @param stopMs The instant after the last: the cell of what comes before it is the last.
   * @param minEffort Share of what the schedule gives of a cell that must have effort for it to
   * have a proportion, 0 to 1.
   * @param scheduled Seconds of effort that the schedule gives of a stretch of time; all by default.
   */
  constructor(
    grid: CellGrid,
    startMs: number,
    stopMs: number,
    minEffort: number,
    scheduled: (startMs: number, stopMs: number) => number = (from, to) => (to - from) / 1000,
  ) {
    this.#grid = grid;
    this.#stopMs = stopMs;
    this.#minEffort = minEffort;
    this.#scheduled = scheduled;
    this.#nextMs = grid.startOf(startMs);
  }

  onEffort(start: number, stop: number): void {
    this.#spread(start, stop, (tally, seconds) => tally.effort += seconds);
  }

  onPositive(start: number, stop: number): void {
    this.#spread(start, stop, (tally, seconds) => tally.call += seconds);
  }

  onBoutStart(start: number): void {
    this.#spread(start, start + 1, (tally) => tally.bouts++);
  }

  /**
   * Takes the cells that are complete.
   *
   * @param settled Nothing more will be told of bins (seconds) before this one; all by default.
   * @returns They, ascending, those without any effort among them.
   */
  *take(settled: number = Infinity): Generator<PresenceCell> {
    const untilMs = Math.min(settled * 1000, this.#stopMs);
    while (this.#nextMs < untilMs) this.#add();
    while (this.#open.length > 0) {
      const { stopMs } = this.#open[0];
      if (stopMs > settled * 1000) return;
      yield this.#cellOf(this.#open.shift()!);
    }
  }

  #add(): void {
    const [startMs, stopMs] = [this.#nextMs, this.#grid.after(this.#nextMs)];
    this.#open.push({ startMs, stopMs, effort: 0, call: 0, bouts: 0 });
    this.#nextMs = stopMs;
  }

  #spread(start: number, stop: number, count: (tally: Tally, seconds: number) => void): void {
    while (this.#nextMs < stop * 1000) this.#add();
    for (const tally of this.#open) {
      if (tally.startMs >= stop * 1000) return;
      const [from, to] = [
        Math.max(start, tally.startMs / 1000),
        Math.min(stop, tally.stopMs / 1000),
      ];
      if (to > from) count(tally, to - from);
    }
  }

  #cellOf({ startMs, stopMs, effort, call, bouts }: Tally): PresenceCell {
    // What was recorded beside the plan counts, too.
    const scheduledSeconds = Math.max(effort, this.#scheduled(startMs, stopMs));
    const cell = { startMs, stopMs, effortSeconds: effort, scheduledSeconds };
    if (effort === 0) return { ...cell, callSeconds: null, proportion: null, bouts: null };
    const enough = effort >= this.#minEffort * scheduledSeconds;
    return { ...cell, callSeconds: call, proportion: enough ? call / effort : null, bouts };
  }
}
