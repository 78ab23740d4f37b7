import { DAY_MS, dayOf } from "../../core/mod.ts";

/** A stretch of time, epoch milliseconds, `[startMs, stopMs)`. */
export interface TimeSpan {
  startMs: number;
  stopMs: number;
}

/** A recorder's schedule: in each period it records and sleeps alike. */
export interface DutyCycle {
  /** Start of its first recording, and the end of its last period, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  periodMs: number;
  /** Recordings of a period, by their start after the period's. */
  windows: { offsetMs: number; onMs: number }[];
  /** Starts of its periods, ascending: where one was recorded, as it was recorded. */
  periods: number[];
}

/** Steps from one recording to the next that show a cycle, and how many of them must agree. */
const STEPS = 5;
const AGREEING = 4;
/** From this pause on a recorder is taken to have slept. */
const LEAST_PAUSE_MS = 1000;
/** A recording of each day counts as planned where it is there on so many of the days. */
const DAILY_SUPPORT = 0.6;
const LEAST_DAYS = 5;
/** A cycle that so few recordings bear out is held against one of whole days. */
const FULL = 0.8;

/**
 * Gives how far a recorder's clock may be off its schedule: starts by name are of whole seconds,
 * and recorders wake up a few seconds late.
 *
 * @param periodMs Length of the schedule's period, milliseconds.
 * @returns Milliseconds, 2,000 to 60,000.
 */
export function toleranceMs(periodMs: number): number {
  return Math.min(60_000, Math.max(2_000, periodMs / 50));
}

/**
 * Finds the duty cycles that a recorder followed, one after another.
 *
 * A cycle begins where 4 of 5 steps from one recording to the next agree, and 5 of their 6
 * lengths. It goes on across recordings that are lost, short or late, and follows a clock that
 * drifts. It ends where five recordings in a row begin another one. Where nothing else fits,
 * recordings at the same times of each day are a cycle of a day. Cycles that explain less than half
 * of all recordings are none.
 *
 * @param recorded What was recorded, ascending; pauses of less than a second joined.
 * @returns Cycles, ascending, no two at the same time; none for a recorder that never slept by
 * rule.
 */
export function findDutyCycles(recorded: readonly TimeSpan[]): DutyCycle[] {
  const cycles: DutyCycle[] = [];
  let [rest, explained] = [[] as TimeSpan[], 0];
  const add = (cycle: DutyCycle, of: readonly TimeSpan[]): void => {
    cycles.push(cycle);
    explained += of.length;
  };
  const endRest = (): void => {
    const daily = dailyCycle(rest);
    if (daily) add(daily, rest);
    rest = [];
  };
  for (let i = 0; i < recorded.length;) {
    const cycle = cycleFrom(recorded, i);
    if (!cycle) {
      rest.push(recorded[i++]);
      continue;
    }
    // Recordings before it may be part of it, though they did not show it.
    let first = i;
    while (rest.length > 0 && goesBefore(cycle, rest[rest.length - 1])) {
      rest.pop();
      first--;
    }
    const of = recorded.slice(first, cycle.next);
    endRest();
    add(betterOf(cycle, dailyCycle(of), of), of);
    i = cycle.next;
  }
  endRest();
  // Of many recordings of any length a few look like a cycle by chance.
  return explained < recorded.length / 2 ? [] : cycles;
}

/** Adds a recording before a cycle to it, where it can be one of its own. */
function goesBefore(cycle: DutyCycle, { startMs, stopMs }: TimeSpan): boolean {
  const { periodMs, periods, windows: [{ onMs }] } = cycle;
  const within = toleranceMs(periodMs);
  const steps = Math.round((periods[0] - startMs) / periodMs);
  const stepMs = (periods[0] - startMs) / steps;
  const fits = steps >= 1 && Math.abs(periods[0] - startMs - steps * periodMs) <= within;
  if (!fits || stopMs - startMs > onMs + within) return false;
  periods.unshift(...Array.from({ length: steps }, (_, step) => startMs + step * stepMs));
  cycle.startMs = startMs;
  return true;
}

/** Tells whether a day's rule explains recordings that a shorter cycle leaves gaps in. */
function betterOf(
  cycle: DutyCycle,
  daily: DutyCycle | undefined,
  recorded: readonly TimeSpan[],
): DutyCycle {
  const full = recorded.length / cycle.periods.length;
  if (!daily || full >= FULL) return cycle;
  return recorded.length / (daily.periods.length * daily.windows.length) > full ? daily : cycle;
}

/** Finds the cycle that a recording begins, and the first recording after it. */
function cycleFrom(
  recorded: readonly TimeSpan[],
  first: number,
): DutyCycle & { next: number } | undefined {
  const seed = seedAt(recorded, first);
  if (!seed) return undefined;
  const within = toleranceMs(seed.periodMs);
  // Recordings that are odd in a row belong to a cycle unless another one begins with them.
  const isAnother = (from: number): boolean => {
    const other = seedAt(recorded, from);
    return other !== undefined && (Math.abs(other.periodMs - seed.periodMs) > within ||
      Math.abs(other.onMs - seed.onMs) > within);
  };
  // A recorder that went on across a whole period did not sleep by this rule any more.
  const longMs = seed.onMs + seed.periodMs;
  const awake = recorded.findIndex(({ startMs, stopMs }, i) =>
    i > first && stopMs - startMs > longMs
  );
  return follow(awake < 0 ? recorded : recorded.slice(0, awake), first, seed, isAnother);
}

/**
 * Follows a cycle of one recording a period along what was recorded.
 *
 * @param recorded What was recorded, ascending.
 * @param first Which recording it begins with.
 * @param cycle Its period, and how long it records in it.
 * @param isAnother Tells, of five odd recordings in a row, by their first, whether it ends there.
 * @returns The cycle, and the first recording after it.
 */
export function follow(
  recorded: readonly TimeSpan[],
  first: number,
  { periodMs, onMs }: { periodMs: number; onMs: number },
  isAnother: (from: number) => boolean = () => false,
): DutyCycle & { next: number } {
  const within = toleranceMs(periodMs);
  const periods = [recorded[first].startMs];
  let [next, odd, lost] = [first + 1, 0, 0];
  let before = { next, periods: 1 };
  for (let i = first + 1; i < recorded.length && lost < STEPS; i++) {
    const { startMs, stopMs } = recorded[i];
    const last = periods[periods.length - 1];
    const isInside = stopMs <= last + onMs + within;
    const steps = Math.round((startMs - last) / periodMs);
    const fits = steps >= 1 && Math.abs(startMs - last - steps * periodMs) <= within;
    const isWhole = Math.abs(stopMs - startMs - onMs) <= within;
    if (!isInside) {
      odd = fits && steps === 1 && isWhole ? 0 : odd % STEPS + 1;
      lost = fits ? 0 : lost + 1;
      if (odd === 1) before = { next: i, periods: periods.length };
      if (odd === STEPS && isAnother(before.next)) {
        next = before.next;
        periods.length = before.periods;
        break;
      }
    }
    if (isInside || fits) next = i + 1;
    if (isInside || !fits) continue;
    const stepMs = (startMs - last) / steps;
    for (let step = 1; step < steps; step++) periods.push(last + step * stepMs);
    periods.push(startMs);
  }
  const stopMs = periods[periods.length - 1] + periodMs;
  return { startMs: periods[0], stopMs, periodMs, windows: [{ offsetMs: 0, onMs }], periods, next };
}

/** Finds the cycle that six recordings show. */
function seedAt(
  recorded: readonly TimeSpan[],
  first: number,
): { periodMs: number; onMs: number } | undefined {
  const some = recorded.slice(first, first + STEPS + 1);
  if (some.length <= STEPS) return undefined;
  const steps = some.slice(1).map(({ startMs }, i) => startMs - some[i].startMs);
  const lengths = some.map(({ startMs, stopMs }) => stopMs - startMs);
  const [periodMs, onMs] = [median(steps), median(lengths)];
  const within = toleranceMs(periodMs);
  const agree = (values: readonly number[], value: number): number =>
    values.filter((other) => Math.abs(other - value) <= within).length;
  const isCycle = agree(steps, periodMs) >= AGREEING && agree(lengths, onMs) > AGREEING &&
    agree(steps.slice(0, 1), periodMs) === 1 && onMs <= periodMs - LEAST_PAUSE_MS;
  return isCycle ? { periodMs, onMs } : undefined;
}

/** Finds a cycle of a day, where most recordings lie at the same times of most days. */
function dailyCycle(recorded: readonly TimeSpan[]): DutyCycle | undefined {
  if (recorded.length < LEAST_DAYS) return undefined;
  const firstDay = Math.floor(recorded[0].startMs / DAY_MS);
  const days = Math.floor(recorded[recorded.length - 1].startMs / DAY_MS) - firstDay + 1;
  const within = toleranceMs(DAY_MS);
  const byTime = recorded.map(({ startMs, stopMs }) => ({
    time: startMs - dayOf(startMs),
    onMs: stopMs - startMs,
  })).sort((a, b) => a.time - b.time);
  const windows: { offsetMs: number; onMs: number }[] = [];
  let explained = 0;
  for (let i = 0; i < byTime.length;) {
    let stop = i + 1;
    while (stop < byTime.length && byTime[stop].time - byTime[i].time <= within) stop++;
    const some = byTime.slice(i, stop);
    const onMs = median(some.map((one) => one.onMs));
    const alike = some.filter((one) => Math.abs(one.onMs - onMs) <= within).length;
    if (alike >= Math.max(LEAST_DAYS, DAILY_SUPPORT * days)) {
      windows.push({ offsetMs: median(some.map(({ time }) => time)), onMs });
      explained += some.length;
    }
    i = stop;
  }
  const on = windows.reduce((sum, { onMs }) => sum + onMs, 0);
  if (windows.length === 0 || explained < FULL * recorded.length) return undefined;
  if (on > DAY_MS - LEAST_PAUSE_MS) return undefined;
  return {
    startMs: recorded[0].startMs,
    stopMs: (firstDay + days) * DAY_MS,
    periodMs: DAY_MS,
    windows,
    periods: Array.from({ length: days }, (_, day) => (firstDay + day) * DAY_MS),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
