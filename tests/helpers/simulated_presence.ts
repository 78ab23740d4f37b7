import type { ColumnTable } from "arquero";
import { planDay } from "../../simulation/season/day_plan.ts";
import { songOfDay } from "../../simulation/season/song_of_day.ts";
import { presenceTable } from "./presence_table.ts";

/** The Monterey Accelerated Research System. */
export const MARS = { name: "mars", latitude: 36.7128, longitude: -122.186 };

const DAY_MS = 86_400_000;

/**
 * The song of a simulation by minutes, as if all of it had been heard and found rightly.
 *
 * @param seed The simulation's seed.
 * @param startMs Start of the first day (UTC).
 * @param stopMs Start of the day after the last.
 */
export function simulatedPresence(seed: number, startMs: number, stopMs: number): ColumnTable {
  const days = new Map<number, Uint8Array>();
  const songOf = (dayMs: number): Uint8Array => {
    const song = days.get(dayMs) ?? songOfDay(planDay(MARS, seed, dayMs), seed);
    days.set(dayMs, song);
    return song;
  };
  return presenceTable(startMs, (stopMs - startMs) / 60_000, 60, (ms) => {
    const dayMs = Math.floor(ms / DAY_MS) * DAY_MS;
    const first = (ms - dayMs) / 1000;
    const positive = songOf(dayMs).subarray(first, first + 60).reduce((sum, one) => sum + one, 0);
    return [60, positive];
  });
}
