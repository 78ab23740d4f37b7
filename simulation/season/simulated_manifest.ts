import { createHash } from "node:crypto";
import { basename } from "node:path";
import { DAY_MS, dayOf, formatUtc, HOUR_MS, VERSION } from "../../core/mod.ts";
import { PUBLISHED_WINDOW_SECONDS } from "../../pipeline/detector/mod.ts";
import {
  hourPath,
  type Manifest,
  type ManifestFile,
  type ManifestSegment,
  type NoEffortSpan,
  sha256,
} from "../../pipeline/scores/mod.ts";
import type { TimeSpan } from "./gaps.ts";
import { SIMULATION_REVISION, SONG_MODEL } from "./song_model.ts";

/** Shown wherever simulated results are. */
export const SIMULATION_NOTICE =
  "simulated scores, drawn from a written model: no recording and no whale is behind them";

/** Site and seed that a simulation is drawn from. */
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
 * Makes the manifest of a simulated hour.
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
      windowSeconds: PUBLISHED_WINDOW_SECONDS,
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

const SAMPLE_RATE_HZ = 16_000;
const BYTES_PER_SAMPLE = 3;
const HEADER_BYTES = 44;

/**
 * Makes up the recordings that a simulated hour would have been made from: one a day, cut where the
 * recorder was off. Their names say that there are none.
 *
 * @param siteName Name of the site.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param gaps When nothing was recorded, for the whole day.
 */
function simulatedFiles(
  siteName: string,
  hourMs: number,
  gaps: readonly TimeSpan[],
): { files: ManifestFile[]; segments: ManifestSegment[] } {
  const dayMs = dayOf(hourMs);
  const files: ManifestFile[] = [];
  const segments: ManifestSegment[] = [];
  for (const { startMs, stopMs } of recordedSpans(dayMs, gaps)) {
    const [fromMs, toMs] = [Math.max(startMs, hourMs), Math.min(stopMs, hourMs + HOUR_MS)];
    if (toMs <= fromMs) continue;
    const frames = (stopMs - startMs) / 1000 * SAMPLE_RATE_HZ;
    const start = formatUtc(startMs);
    segments.push({
      file: files.length,
      start: formatUtc(fromMs),
      stop: formatUtc(toMs),
      fileFrame: (fromMs - startMs) / 1000 * SAMPLE_RATE_HZ,
    });
    files.push({
      uri: `simulated:${siteName}/${start.replace(/[-:]/g, "")}`,
      sizeBytes: HEADER_BYTES + frames * BYTES_PER_SAMPLE,
      version: "simulated",
      start,
      frames,
      sampleRateHz: SAMPLE_RATE_HZ,
      channels: 1,
    });
  }
  return { files, segments };
}

/** Finds the spans of a day between its gaps. */
function recordedSpans(dayMs: number, gaps: readonly TimeSpan[]): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let fromMs = dayMs;
  for (const { startMs, stopMs } of gaps) {
    if (startMs > fromMs) {
      spans.push({ startMs: fromMs, stopMs: Math.min(startMs, dayMs + DAY_MS) });
    }
    fromMs = Math.max(fromMs, stopMs);
  }
  if (fromMs < dayMs + DAY_MS) spans.push({ startMs: fromMs, stopMs: dayMs + DAY_MS });
  return spans;
}
