import { DAY_MS, SeededRandom } from "../../core/mod.ts";
import { SONG_MODEL } from "./song_model.ts";
import { STREAM } from "./streams.ts";

/** A stretch of time, `[startMs, stopMs)`. */
export interface TimeSpan {
  startMs: number;
  stopMs: number;
}

/**
 * When the simulated recorder was off: outages of days, short interruptions, maintenance.
 *
 * @param seed The simulation's seed.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @returns Gaps that touch the span, ascending, joined where they meet; whole seconds.
 */
export function gapsBetween(seed: number, startMs: number, stopMs: number): TimeSpan[] {
  const longestMs = SONG_MODEL.outageHours[1] * 3_600_000;
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
  return [{ startMs, stopMs: startMs + random.integer(least, most) * 3_600_000 }];
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
    const startMs = day * DAY_MS + maintenance.hour * 3_600_000;
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
