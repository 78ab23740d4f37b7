import { DAY_MS, type Span } from "../../core/mod.ts";
import { effortSpans } from "../../pipeline/bouts/mod.ts";
import { readScores, ScoreStore } from "../../pipeline/scores/mod.ts";
import { findSite } from "../../pipeline/timeline/mod.ts";
import { planDay, simulateRange, songOfDay } from "../../simulation/season/mod.ts";

/** Simulated scores on disk, and what they were drawn from. */
export interface SimulatedDays {
  /** A temporary folder of hourly score files. */
  folder: string;
  /** Where there is song. */
  song: Span[];
  /** What was heard. */
  covered: Span[];
}

/**
 * Writes a few days of simulated scores.
 *
 * @param first First day (UTC), `2016-10-20`.
 * @param days How many.
 * @param seed What the random numbers start from.
 */
export async function simulatedDays(
  first: string,
  days: number,
  seed: number,
): Promise<SimulatedDays> {
  const folder = await Deno.makeTempDir();
  const startMs = Date.parse(first);
  const stopMs = startMs + days * DAY_MS;
  const site = findSite("mars");
  await simulateRange({
    site,
    seed,
    startMs,
    stopMs,
    store: new ScoreStore(folder),
  });
  const song: Span[] = [];
  for (let dayMs = startMs; dayMs < stopMs; dayMs += DAY_MS) {
    const seconds = songOfDay(planDay(site, seed, dayMs), seed);
    song.push(
      ...spansOf(
        dayMs,
        Float64Array.from(seconds, (one) => one === 1 ? 1 : NaN),
      ),
    );
  }
  const covered: Span[] = [];
  for await (const { hourMs, scores } of readScores(folder)) {
    covered.push(...spansOf(hourMs, scores));
  }
  return { folder, song, covered };
}

/** Spans of time where there is a number. */
function spansOf(fromMs: number, values: Float64Array): Span[] {
  return effortSpans(values).map(({ start, stop }) => ({
    startMs: fromMs + 1000 * start,
    stopMs: fromMs + 1000 * stop,
  }));
}
