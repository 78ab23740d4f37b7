import { CallFinder, type CallOptions, type CallSink } from "../../pipeline/calls/mod.ts";

/** What a threshold makes of scores. */
export interface SensitivityRow {
  threshold: number;
  calls: number;
  positiveSeconds: number;
  effortSeconds: number;
  /** Hours (UTC) with effort, and those of them with a positive second. */
  hours: number;
  presentHours: number;
}

/** Thresholds that are tried where none are named. */
export const THRESHOLDS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Those, and the one that was chosen among them.
 *
 * @param chosen 0 to 1; nothing where none was.
 * @returns Thresholds, ascending.
 */
export function thresholdsWith(chosen: number | undefined): number[] {
  return [...new Set([...THRESHOLDS, chosen ?? THRESHOLDS[0]])].sort((a, b) => a - b);
}

const HOUR_SECONDS = 3600;

/** Counts what one threshold finds. */
class Counter implements CallSink {
  readonly row: SensitivityRow;
  #effortHour = -1;
  #presentHour = -1;

  constructor(threshold: number) {
    const none = { calls: 0, positiveSeconds: 0, effortSeconds: 0, hours: 0, presentHours: 0 };
    this.row = { threshold, ...none };
  }

  onEffort(start: number, stop: number): void {
    this.row.effortSeconds += stop - start;
    this.row.hours += newHours(start, stop, this.#effortHour);
    this.#effortHour = hourOfBin(stop - 1);
  }

  onPositive(start: number, stop: number): void {
    this.row.positiveSeconds += stop - start;
    this.row.presentHours += newHours(start, stop, this.#presentHour);
    this.#presentHour = hourOfBin(stop - 1);
  }

  onBoutStart(): void {
    this.row.calls++;
  }
}

const hourOfBin = (bin: number): number => Math.floor(bin / HOUR_SECONDS);

/** Hours that bins `[start, stop)` touch after one that was counted. */
function newHours(start: number, stop: number, counted: number): number {
  const first = Math.max(hourOfBin(start), counted + 1);
  return Math.max(0, hourOfBin(stop - 1) - first + 1);
}

/** Counts what each of several thresholds makes of scores that come in pieces. */
export class ThresholdCounters {
  readonly #counters: Counter[];
  readonly #finders: CallFinder[];

  /**
   * @param settings How scores become calls, but for the threshold.
   * @param thresholds The thresholds, 0 to 1; no hysteresis below them.
   */
  constructor(settings: Omit<CallOptions, "threshold" | "off">, thresholds: readonly number[]) {
    this.#counters = thresholds.map((threshold) => new Counter(threshold));
    this.#finders = this.#counters.map((counter) =>
      new CallFinder({ ...settings, threshold: counter.row.threshold, off: undefined }, counter)
    );
  }

  /** Takes the next scores, as `CallFinder` does. */
  push(start: number, scores: Float64Array): void {
    for (const finder of this.#finders) finder.push(start, scores);
  }

  /**
   * Ends what is open.
   *
   * @returns A row a threshold, in their order.
   */
  finish(): SensitivityRow[] {
    for (const finder of this.#finders) finder.finish();
    return this.#counters.map(({ row }) => row);
  }
}
