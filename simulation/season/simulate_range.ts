import { DAY_MS, dayOf, formatUtc, HOUR_MS, MegapteraError } from "../../core/mod.ts";
import {
  formatScoreCsv,
  type FoundHour,
  HOUR_BINS,
  hoursBetween,
  isWhole,
  type ScoreStore,
} from "../../pipeline/scores/mod.ts";
import { FirstHour, writeHour } from "../../pipeline/scoring/mod.ts";
import { planDay } from "./day_plan.ts";
import { drawScores } from "./draw_scores.ts";
import { gapsBetween, hourEffort, type TimeSpan } from "./gaps.ts";
import {
  simulatedManifest,
  simulationFingerprint,
  type SimulationOf,
} from "./simulated_manifest.ts";
import { shipsOfDay, songOfDay } from "./song_of_day.ts";

/** Hours that are written at the same time: each waits for the disk. */
const WRITERS = 8;

/** Range of hours to simulate, and where to. */
export interface SimulateOptions extends SimulationOf {
  startMs: number;
  stopMs: number;
  store: ScoreStore;
  signal?: AbortSignal | undefined;
  /** Hears after each hour whether it was there before. */
  onHour?: ((hourMs: number, done: boolean) => void) | undefined;
}

/**
 * Writes hours of simulated scores with their manifests. An hour depends on the site, the seed and
 * the model, never on the range, so that a range may be stopped and gone on with, or widened.
 *
 * @param options Which hours, from what, and where to.
 * @throws {MegapteraError} `configuration` where other scores lie in the folder.
 * @throws {DOMException} `AbortError` where the signal said so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ScoreStore } from "../../pipeline/scores/score_store.ts";
 * const folder = await Deno.makeTempDir();
 * const startMs = Date.UTC(2016, 10, 15);
 * const site = { name: "mars", latitude: 36.7128, longitude: -122.186 };
 * const store = new ScoreStore(folder);
 * await simulateRange({ site, seed: 1, startMs, stopMs: startMs + 3_600_000, store });
 * assert((await store.readManifest(startMs))?.detector.name === "simulated");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function simulateRange(options: SimulateOptions): Promise<void> {
  const range = hoursBetween(options.startMs, options.stopMs);
  await options.store.prepare(range);
  const hours = range.values();
  const dayOf = lastDay(options);
  const first = new FirstHour();
  const write = async (): Promise<void> => {
    // All writers take from the one list, so that each hour is written once.
    for (const hourMs of hours) {
      options.signal?.throwIfAborted();
      const simulate = () => simulateHour(options, hourMs, dayOf(hourMs), first);
      const done = await first.run(hourMs, simulate);
      options.onHour?.(hourMs, done);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: WRITERS }, write));
  for (const writer of ended) if (writer.status === "rejected") throw writer.reason;
}

/** Values that the hours of a day share. */
interface Day {
  song: Uint8Array;
  ships: Uint8Array;
  gaps: TimeSpan[];
}

/** Draws days, and keeps the last: hours come in their order. */
function lastDay({ site, seed }: SimulationOf): (hourMs: number) => () => Day {
  let kept: { dayMs: number; day: Day } | undefined;
  return (hourMs) => () => {
    const dayMs = dayOf(hourMs);
    if (kept?.dayMs !== dayMs) {
      const song = songOfDay(planDay(site, seed, dayMs), seed);
      const gaps = gapsBetween(seed, dayMs, dayMs + DAY_MS + HOUR_MS);
      kept = { dayMs, day: { song, ships: shipsOfDay(seed, dayMs / DAY_MS), gaps } };
    }
    return kept.day;
  };
}

/** Writes an hour unless it is there; whether it was. */
async function simulateHour(
  options: SimulateOptions,
  hourMs: number,
  dayOf: () => Day,
  first: FirstHour,
): Promise<boolean> {
  const { store, seed } = options;
  const found = await store.findNow(hourMs);
  if (isDone(options, hourMs, found)) return true;
  const started = performance.now();
  const { song, ships, gaps } = dayOf();
  const { effort, noEffort } = hourEffort(hourMs, gaps);
  const effortSeconds = effort.reduce((sum, one) => sum + one, 0);
  const firstBin = (hourMs % DAY_MS) / 1000;
  const part = (of: Uint8Array): Uint8Array => of.subarray(firstBin, firstBin + HOUR_BINS);
  const scores = drawScores(seed, hourMs, part(song), part(ships));
  for (let bin = 0; bin < HOUR_BINS; bin++) if (effort[bin] === 0) scores[bin] = NaN;
  const recorded = gaps.every((gap) => gap.startMs > hourMs || gap.stopMs < hourMs + HOUR_MS);
  const csv = recorded ? formatScoreCsv(hourMs, scores) : undefined;
  const seconds = (performance.now() - started) / 1000;
  const hour = { gaps, noEffort, effortSeconds, ...csv === undefined ? {} : { csv } };
  const manifest = simulatedManifest(options, hourMs, hour, seconds);
  await first.turn(hourMs);
  await writeHour(store, { hourMs, manifest, csv, found }, first);
  first.wrote(hourMs);
  return false;
}

function isDone(options: SimulateOptions, hourMs: number, found: FoundHour): boolean {
  const { manifest, csv } = found;
  if (!manifest && csv === undefined) return false;
  if (manifest?.fingerprint === simulationFingerprint(options)) return isWhole(found);
  throw new MegapteraError(
    "configuration",
    `Cannot simulate hour ${formatUtc(hourMs)} into ${options.store.name} as other scores lie ` +
      `there (${manifest?.detector.name ?? "a file without a manifest"}): choose another --out.`,
  );
}
