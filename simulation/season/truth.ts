import { type Light, LIGHTS } from "../../analysis/sun/mod.ts";
import { DAY_MS, formatUtc } from "../../core/mod.ts";
import { none, planDay } from "./day_plan.ts";
import { gapsBetween } from "./gaps.ts";
import {
  SIMULATION_NOTICE,
  simulationFingerprint,
  type SimulationOf,
} from "./simulated_manifest.ts";
import { SONG_MODEL } from "./song_model.ts";
import { DAY_SECONDS, shipsOfDay, songOfDay } from "./song_of_day.ts";

/** Seconds in each class of light. */
type LightSeconds = Record<Light, number>;

/** Truth of a simulated day, had all of it been recorded. */
export interface TrueDay {
  /** `2016-11-15`, UTC. */
  date: string;
  /** Seconds of the day in each class of light. */
  seconds: LightSeconds;
  /** Seconds with song on average over all that the model might have drawn. */
  expectedSong: LightSeconds;
  /** Seconds with song as drawn. */
  song: LightSeconds;
  /** Seconds while a ship passes that the detector takes for song. */
  ships: number;
  /** Seconds that the recorder was off. */
  off: number;
}

/** Truth that simulated scores were drawn from. */
export interface Truth {
  format: "megaptera-simulation/1";
  notice: string;
  site: SimulationOf["site"];
  seed: number;
  fingerprint: string;
  start: string;
  stop: string;
  model: typeof SONG_MODEL;
  days: TrueDay[];
}

/**
 * Computes the truth of a simulation, to hold analyses against.
 *
 * @param of Site and seed.
 * @param startMs Start of the first day (UTC), epoch milliseconds.
 * @param stopMs Start of the day after the last.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const site = { name: "mars", latitude: 36.7128, longitude: -122.186 };
 * const [startMs, stopMs] = [Date.UTC(2016, 6, 1), Date.UTC(2016, 6, 3)];
 * const { days } = truthOf({ site, seed: 1 }, startMs, stopMs);
 * assert(days.length === 2 && days[0].song.night === 0);
 * ```
 */
export function truthOf(of: SimulationOf, startMs: number, stopMs: number): Truth {
  const days: TrueDay[] = [];
  for (let dayMs = startMs; dayMs < stopMs; dayMs += DAY_MS) days.push(trueDay(of, dayMs));
  const { name, latitude, longitude } = of.site;
  return {
    format: "megaptera-simulation/1",
    notice: SIMULATION_NOTICE,
    site: { name, latitude, longitude },
    seed: of.seed,
    fingerprint: simulationFingerprint(of),
    start: formatUtc(startMs),
    stop: formatUtc(stopMs),
    model: SONG_MODEL,
    days,
  };
}

function trueDay({ site, seed }: SimulationOf, dayMs: number): TrueDay {
  const plan = planDay(site, seed, dayMs);
  const drawn = songOfDay(plan, seed);
  const song = none();
  let span = 0;
  for (let second = 0; second < DAY_SECONDS; second++) {
    while (dayMs + second * 1000 >= plan.spans[span].stopMs) span++;
    song[plan.spans[span].light] += drawn[second];
  }
  const expectedSong = none();
  for (const light of LIGHTS) expectedSong[light] = plan.expected[light] * plan.seconds[light];
  const off = gapsBetween(seed, dayMs, dayMs + DAY_MS).reduce(
    (sum, gap) => sum + Math.min(gap.stopMs, dayMs + DAY_MS) - Math.max(gap.startMs, dayMs),
    0,
  );
  return {
    date: formatUtc(dayMs).slice(0, 10),
    seconds: plan.seconds,
    expectedSong,
    song,
    ships: shipsOfDay(seed, dayMs / DAY_MS).reduce((sum, one) => sum + one, 0),
    off: off / 1000,
  };
}
