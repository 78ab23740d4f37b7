import { DAY_MS, formatUtc, HOUR_MS, SeededRandom } from "../../core/mod.ts";
import { PUBLISHED_WINDOW_SECONDS } from "../../pipeline/detector/mod.ts";
import { HOUR_BINS, type NoEffortKind, type NoEffortSpan } from "../../pipeline/scores/mod.ts";
import { STREAM } from "./draw_scores.ts";
import { SONG_MODEL } from "./song_model.ts";

/** A stretch of time, `[startMs, stopMs)`. */
export interface TimeSpan {
  startMs: number;
  stopMs: number;
}

/**
 * Finds when the simulated recorder was off: outages of days, short interruptions, maintenance.
 *
 * @param seed The simulation's seed.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @returns Gaps that touch the span, ascending, joined where they meet; whole seconds.
 */
export function gapsBetween(seed: number, startMs: number, stopMs: number): TimeSpan[] {
  const longestMs = SONG_MODEL.outageHours[1] * HOUR_MS;
  const gaps: TimeSpan[] = [];
  const from = new Date(startMs - longestMs);
  for (let month = from.getUTCFullYear() * 12 + from.getUTCMonth();; month++) {
    const monthMs = Date.UTC(Math.floor(month / 12), month % 12);
    if (monthMs >= stopMs) break;
    gaps.push(...outagesOf(seed, month, monthMs));
  }
  for (let day = Math.floor(startMs / DAY_MS) - 1; day * DAY_MS < stopMs; day++) {
    gaps.push(...interruptionsOf(seed, day));
  }
  return joined(gaps.filter((gap) => gap.startMs < stopMs && gap.stopMs > startMs));
}

function outagesOf(seed: number, month: number, monthMs: number): TimeSpan[] {
  const random = new SeededRandom(seed, STREAM.outages, month);
  const { outageChance, outageHours: [least, most] } = SONG_MODEL;
  if (random.between(0, 1) >= outageChance) return [];
  const startMs = monthMs + random.integer(0, 27 * 86_400) * 1000;
  return [{ startMs, stopMs: startMs + random.integer(least, most) * HOUR_MS }];
}

function interruptionsOf(seed: number, day: number): TimeSpan[] {
  const random = new SeededRandom(seed, STREAM.interruptions, day);
  const { interruptionChance, interruptionSeconds: [least, most], maintenance } = SONG_MODEL;
  const gaps: TimeSpan[] = [];
  if (random.between(0, 1) < interruptionChance) {
    const startMs = day * DAY_MS + random.integer(0, 86_399) * 1000;
    gaps.push({ startMs, stopMs: startMs + random.integer(least, most) * 1000 });
  }
  if (new Date(day * DAY_MS).getUTCDay() === maintenance.weekday) {
    const startMs = day * DAY_MS + maintenance.hour * HOUR_MS;
    gaps.push({ startMs, stopMs: startMs + maintenance.seconds * 1000 });
  }
  return gaps;
}

function joined(gaps: TimeSpan[]): TimeSpan[] {
  const whole: TimeSpan[] = [];
  for (const gap of gaps.sort((a, b) => a.startMs - b.startMs)) {
    const last = whole.at(-1);
    if (last && gap.startMs <= last.stopMs) last.stopMs = Math.max(last.stopMs, gap.stopMs);
    else whole.push({ ...gap });
  }
  return whole;
}

/**
 * Marks the bins of an hour that have a whole window of recording, as real score files have them.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param gaps When nothing was recorded; those that touch the hour and a window beyond.
 * @returns `[3600]` whether each bin has effort, and the spans without, with why.
 */
export function hourEffort(
  hourMs: number,
  gaps: readonly TimeSpan[],
): { effort: Uint8Array; noEffort: NoEffortSpan[] } {
  const effort = new Uint8Array(HOUR_BINS).fill(1);
  const noEffort: NoEffortSpan[] = [];
  const mark = (fromMs: number, toMs: number, kind: NoEffortKind): void => {
    const from = Math.max(0, Math.ceil((fromMs - hourMs) / 1000));
    const to = Math.min(HOUR_BINS, Math.ceil((toMs - hourMs) / 1000));
    if (to <= from) return;
    effort.fill(0, from, to);
    const [start, stop] = [from, to].map((bin) => formatUtc(hourMs + bin * 1000));
    noEffort.push({ start, stop, reason: { kind } });
  };
  let clearMs = hourMs - HOUR_MS;
  for (const { startMs, stopMs } of gaps) {
    // The first bin whose window would reach into the gap, yet not into the gap before.
    mark(
      Math.max(clearMs, startMs - Math.floor(PUBLISHED_WINDOW_SECONDS) * 1000),
      startMs,
      "window",
    );
    mark(startMs, stopMs, "no-recording");
    clearMs = stopMs;
  }
  return { effort, noEffort };
}
