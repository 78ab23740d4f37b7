import { createHash } from "node:crypto";
import { basename } from "node:path";
import { formatUtc, VERSION } from "../../core/mod.ts";
import { hourPath, type Manifest, type NoEffortSpan, sha256 } from "../../pipeline/scores/mod.ts";
import type { TimeSpan } from "./gaps.ts";
import { WINDOW_SECONDS } from "./hour_effort.ts";
import { simulatedFiles } from "./simulated_files.ts";
import { SIMULATION_REVISION, SONG_MODEL } from "./song_model.ts";

/** Shown wherever simulated results are. */
export const SIMULATION_NOTICE =
  "simulated scores, drawn from a written model: no recording and no whale is behind them";

/** Where and from which seed a simulation is drawn. */
export interface SimulationOf {
  site: { name: string; latitude: number; longitude: number };
  /** An integer ≥ 0. */
  seed: number;
}

/**
 * Names all that decides a simulated score; no detector's fingerprint can be the same.
 *
 * @param of Site and seed.
 * @returns 64 hex digits.
 */
export function simulationFingerprint({ site, seed }: SimulationOf): string {
  const { latitude, longitude } = site;
  return hash({ simulation: SIMULATION_REVISION, model: SONG_MODEL, latitude, longitude, seed });
}

/**
 * The manifest of a simulated hour.
 *
 * @param of Site and seed.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param hour Its gaps (of the whole day), spans without effort, and scores' text; none without any.
 * @param seconds Seconds that it took.
 */
export function simulatedManifest(
  of: SimulationOf,
  hourMs: number,
  hour: { gaps: TimeSpan[]; noEffort: NoEffortSpan[]; effortSeconds: number; csv?: string },
  seconds: number,
): Manifest {
  const { csv, gaps, noEffort, effortSeconds } = hour;
  return {
    format: "megaptera-scores/2",
    hour: formatUtc(hourMs),
    detector: {
      name: "simulated",
      notice: SIMULATION_NOTICE,
      weightsSha256: hash(SONG_MODEL),
      windowSeconds: WINDOW_SECONDS,
      hopSeconds: 1,
      classNames: ["humpback"],
    },
    fingerprint: simulationFingerprint(of),
    recipe: "exact",
    clock: "utc",
    gain: 1,
    channel: 0,
    ...simulatedFiles(of.site.name, hourMs, gaps),
    notes: [`drawn from seed ${of.seed}`],
    effortSeconds,
    noEffort,
    csv: csv === undefined
      ? null
      : { name: `${basename(hourPath(hourMs))}.csv`, sha256: sha256(csv) },
    run: {
      megaptera: VERSION,
      engine: "none: simulated",
      deno: Deno.version.deno,
      machine: `${Deno.build.os} ${Deno.build.arch}, ${navigator.hardwareConcurrency} cores`,
      finished: new Date().toISOString(),
      seconds: Number(seconds.toFixed(3)),
    },
  };
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
