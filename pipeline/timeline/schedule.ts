import { DAY_MS } from "../../core/mod.ts";
import {
  type DutyCycle,
  findDutyCycles,
  follow,
  type TimeSpan,
  toleranceMs,
} from "./duty_cycle.ts";

/** A schedule as a user says it; `"continuous"` for a recorder that was to record all the time. */
export type SaidSchedule = "continuous" | { onMs: number; periodMs: number };

/** How a schedule is found. */
export interface ScheduleOptions {
  /** What a user says of it, which outranks: lost recordings look like a schedule. */
  said?: SaidSchedule | undefined;
  /**
   * Length of the detector's window: where the recorder goes to sleep, a second has a score only if
   * its window is whole. 1 by default.
   */
  windowSeconds?: number | undefined;
}

/** A gap that no schedule explains. */
export interface IrregularGap extends TimeSpan {
  /** Audio that it cost, milliseconds: of a recorder that sleeps, less than it lasts. */
  lostMs: number;
}

/** Pauses of less than this are no pauses. */
const LEAST_PAUSE_MS = 1000;

/** Time over which one rule holds: a duty cycle, or that all is to be recorded. */
interface Rule extends TimeSpan {
  cycle: DutyCycle | undefined;
}

/**
 * Schedule that a recorder was to record by: found from what it recorded, or said by its user.
 *
 * Planned pauses are neither missing nor gaps. Where no duty cycle is found, all time counts as
 * planned. What comes before the first cycle, or after the last, follows it; so does a time
 * between two in which nothing was recorded.
 */
export class Schedule {
  /** Duty cycles, ascending; none for a recorder that was to record all the time. */
  readonly cycles: readonly DutyCycle[];
  readonly #recorded: readonly TimeSpan[];
  readonly #rules: readonly Rule[];
  readonly #windowMs: number;

  /**
   * Finds the schedule.
   *
   * @param recorded What was recorded, in any order; spans may overlap.
   * @param options What a user says of it, and the detector's window.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * const recorded = Array.from({ length: 48 }, (_, i) => ({
   *   startMs: i * 1_800_000,
   *   stopMs: i * 1_800_000 + 600_000,
   * }));
   * const schedule = new Schedule(recorded.filter((_, i) => i !== 20));
   * assert.match(schedule.words, /^10 min every 30 min since 1970-01-01 00:00, 1 irregular gap/);
   * assert.equal(schedule.effortSeconds(0, 3_600_000), 1200);
   * ```
   */
  constructor(
    recorded: readonly TimeSpan[],
    { said, windowSeconds = 1 }: ScheduleOptions = {},
  ) {
    this.#windowMs = windowSeconds * 1000;
    this.#recorded = joined(recorded);
    this.cycles = said === undefined
      ? findDutyCycles(this.#recorded)
      : said === "continuous"
      ? []
      : [saidCycle(this.#recorded, said)];
    this.#rules = rulesOf(this.cycles, this.#recorded);
  }

  /** Whether the recorder slept by rule at some time. */
  get isDutyCycled(): boolean {
    return this.cycles.length > 0;
  }

  /**
   * Counts the seconds of a stretch of time that would have a score had all been recorded that was
   * planned.
   *
   * @param fromMs Start of the stretch, epoch milliseconds.
   * @param toMs Its end.
   * @returns Seconds; of a time without a duty cycle, all.
   */
  effortSeconds(fromMs: number, toMs: number): number {
    let ms = 0;
    for (const { startMs, stopMs, cycle } of this.#rules) {
      const [from, to] = [Math.max(fromMs, startMs), Math.min(toMs, stopMs)];
      if (from >= to) continue;
      if (!cycle) ms += to - from;
      else {for (const planned of plannedOf(cycle, fromMs, toMs)) {
          if (planned.startMs < startMs || planned.startMs >= stopMs) continue;
          const first = Math.ceil(planned.startMs / 1000) * 1000;
          const after = Math.floor((planned.stopMs - this.#windowMs) / 1000) * 1000 + 1000;
          ms += Math.max(0, Math.min(toMs, after) - Math.max(fromMs, first));
        }}
    }
    return ms / 1000;
  }

  /**
   * Finds what is missing of what was planned. Pauses of less than a second, and less than a
   * recorder's clock may be off, are no gaps.
   *
   * @param fromMs Start of the time that is looked at: the first recording unless given.
   * @param toMs Its end: that of the last recording unless given.
   * @returns Gaps, ascending: what is missing in a row is one, across planned pauses.
   */
  gaps(
    fromMs: number = this.#recorded.at(0)?.startMs ?? 0,
    toMs: number = this.#recorded.at(-1)?.stopMs ?? 0,
  ): IrregularGap[] {
    const gaps: (IrregularGap & { next: number })[] = [];
    for (const missing of this.#missing(fromMs, toMs)) {
      const last = gaps[gaps.length - 1];
      const lostMs = missing.stopMs - missing.startMs;
      if (last?.next === missing.next) {
        last.stopMs = missing.stopMs;
        last.lostMs += lostMs;
      } else {
        gaps.push({ ...missing, lostMs });
      }
    }
    return gaps.map(({ startMs, stopMs, lostMs }) => ({ startMs, stopMs, lostMs }));
  }

  /** Planned time that was not recorded, with the number of the next recording. */
  *#missing(fromMs: number, toMs: number): Generator<TimeSpan & { next: number }> {
    const recorded = this.#recorded;
    let next = firstAfter(recorded, fromMs);
    for (const { planned, leastMs } of this.#plannedBetween(fromMs, toMs)) {
      let atMs = planned.startMs;
      while (next < recorded.length && recorded[next].stopMs <= atMs) next++;
      while (atMs < planned.stopMs) {
        const stopMs = Math.min(planned.stopMs, recorded[next]?.startMs ?? Infinity);
        if (stopMs - atMs > leastMs) yield { startMs: atMs, stopMs, next };
        atMs = recorded[next]?.stopMs ?? Infinity;
        if (atMs < planned.stopMs) next++;
      }
    }
  }

  *#plannedBetween(
    fromMs: number,
    toMs: number,
  ): Generator<{ planned: TimeSpan; leastMs: number }> {
    for (const { startMs, stopMs, cycle } of this.#rules) {
      const [from, to] = [Math.max(fromMs, startMs), Math.min(toMs, stopMs)];
      if (from >= to) continue;
      if (!cycle) {
        yield { planned: { startMs: from, stopMs: to }, leastMs: 0 };
        continue;
      }
      const leastMs = toleranceMs(cycle.periodMs);
      for (const planned of plannedOf(cycle, from, to)) {
        if (planned.startMs < startMs || planned.startMs >= stopMs) continue;
        yield {
          planned: {
            startMs: Math.max(from, planned.startMs),
            stopMs: Math.min(to, planned.stopMs),
          },
          leastMs,
        };
      }
    }
  }

  /** The schedule in words, such as `10 min every 30 min since 2021-03-01 08:00, 2 irregular gaps`. */
  get words(): string {
    const rules = this.cycles.map(cycleWords).join("; then ") || "continuous";
    const gaps = this.gaps();
    if (gaps.length === 0) return `${rules}, no gap`;
    const lostMs = gaps.reduce((sum, gap) => sum + gap.lostMs, 0);
    const kind = this.isDutyCycled ? "irregular gap" : "gap";
    return `${rules}, ${gaps.length} ${kind}${gaps.length === 1 ? "" : "s"} (${lengthOf(lostMs)})`;
  }
}

/** Joins spans that overlap, or lie less than a second apart. */
function joined(spans: readonly TimeSpan[]): TimeSpan[] {
  const all: TimeSpan[] = [];
  for (const { startMs, stopMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = all[all.length - 1];
    if (last && startMs - last.stopMs < LEAST_PAUSE_MS) last.stopMs = Math.max(last.stopMs, stopMs);
    else all.push({ startMs, stopMs });
  }
  return all;
}

/** Puts the said cycle in the phase that most recordings have. */
function saidCycle(
  recorded: readonly TimeSpan[],
  said: { onMs: number; periodMs: number },
): DutyCycle {
  const within = toleranceMs(said.periodMs);
  const phases = recorded.map(({ startMs }) => startMs % said.periodMs);
  const sorted = phases.toSorted((a, b) => a - b);
  let [phase, most] = [0, 0];
  for (let first = 0, stop = 0; first < sorted.length; first++) {
    while (stop < sorted.length && sorted[stop] - sorted[first] <= within) stop++;
    if (stop - first > most) [phase, most] = [sorted[first], stop - first];
  }
  const first = phases.findIndex((of) => of >= phase && of <= phase + within);
  return follow(
    recorded.length > 0 ? recorded : [{ startMs: 0, stopMs: 0 }],
    Math.max(0, first),
    said,
  );
}

function rulesOf(cycles: readonly DutyCycle[], recorded: readonly TimeSpan[]): Rule[] {
  if (cycles.length === 0) return [{ startMs: -Infinity, stopMs: Infinity, cycle: undefined }];
  const isRecorded = (fromMs: number, toMs: number): boolean =>
    recorded.some(({ startMs }) => startMs >= fromMs && startMs < toMs);
  const rules: Rule[] = [];
  let fromMs = -Infinity;
  for (const [i, cycle] of cycles.entries()) {
    const beforeMs = i === 0 ? -Infinity : cycles[i - 1].stopMs;
    if (isRecorded(beforeMs, cycle.startMs)) {
      rules.push({ startMs: beforeMs, stopMs: cycle.startMs, cycle: undefined });
      fromMs = cycle.startMs;
    }
    const after = cycles[i + 1];
    const nextMs = after?.startMs ?? Infinity;
    const stopMs = isRecorded(cycle.stopMs, nextMs)
      ? cycle.stopMs
      : Math.max(cycle.stopMs, nextMs - (after?.periodMs ?? 0));
    rules.push({ startMs: fromMs, stopMs, cycle });
    fromMs = stopMs;
  }
  const last = cycles[cycles.length - 1].stopMs;
  if (fromMs < Infinity) rules.push({ startMs: last, stopMs: Infinity, cycle: undefined });
  return rules;
}

/** Planned recordings that touch a stretch of time; beyond the cycle's own periods it goes on. */
function* plannedOf(cycle: DutyCycle, fromMs: number, toMs: number): Generator<TimeSpan> {
  const { periods, periodMs, windows } = cycle;
  const last = periods.length - 1;
  const startOf = (period: number): number =>
    period < 0
      ? periods[0] + period * periodMs
      : period > last
      ? periods[last] + (period - last) * periodMs
      : periods[period];
  for (let period = periodAt(cycle, fromMs) - 1; startOf(period) < toMs; period++) {
    for (const { offsetMs, onMs } of windows) {
      const startMs = startOf(period) + offsetMs;
      if (startMs < toMs && startMs + onMs > fromMs) yield { startMs, stopMs: startMs + onMs };
    }
  }
}

/** Finds the first span that ends after an instant. */
function firstAfter(spans: readonly TimeSpan[], ms: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (spans[middle].stopMs > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Finds the last period that begins at or before an instant. */
function periodAt({ periods, periodMs }: DutyCycle, ms: number): number {
  const last = periods.length - 1;
  if (ms < periods[0]) return Math.floor((ms - periods[0]) / periodMs);
  if (ms >= periods[last]) return last + Math.floor((ms - periods[last]) / periodMs);
  let [low, high] = [0, last];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (periods[middle] <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Most windows of a day that are named one by one. */
const NAMED_WINDOWS = 3;

function cycleWords({ periodMs, windows, startMs }: DutyCycle): string {
  const since = `since ${new Date(startMs).toISOString().slice(0, 16).replace("T", " ")}`;
  if (windows.length === 1 && periodMs !== DAY_MS) {
    return `${lengthOf(windows[0].onMs)} every ${lengthOf(periodMs)} ${since}`;
  }
  if (windows.length > NAMED_WINDOWS) {
    const onMs = windows.reduce((sum, window) => sum + window.onMs, 0);
    return `${windows.length} recordings a day, ${lengthOf(onMs)} in all, ${since}`;
  }
  const time = (ms: number): string => new Date(ms % DAY_MS).toISOString().slice(11, 16);
  const base = periodMs === DAY_MS && windows.length === 1 ? startMs % DAY_MS : 0;
  const all = windows.map(({ offsetMs, onMs }) =>
    `${lengthOf(onMs)} at ${time(offsetMs === 0 ? base : offsetMs)}`
  );
  return `${all.join(" and ")} each day ${since}`;
}

/** Says a length of time in words: `45 s`, `9 min 59 s`, `1 h 30 min`, `2 d`. */
function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ].filter(([count]) => count !== 0).slice(0, 2);
  return parts.map(([count, unit]) => `${count} ${unit}`).join(" ") || "0 s";
}
