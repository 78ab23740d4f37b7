import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { HOUR_MS } from "../core/mod.ts";
import { formatUtc } from "../core/time.ts";
import {
  formatManifest,
  formatScoreCsv,
  HOUR_BINS,
  hourPath,
  type Manifest,
} from "../pipeline/scores/mod.ts";

const START_MS = Date.UTC(2021, 0, 1);
const DAY_FRAMES = 86_400 * 16_000;

/**
 * Writes hourly score files with their manifests: song in bouts, more of it in winter, noise else,
 * and now and then no effort.
 *
 * @param folder Where to.
 * @param hours How many hours, from 2021 on.
 * @returns Bytes of the CSVs.
 */
export async function writeScoreYear(folder: string, hours: number): Promise<number> {
  let state = 1;
  const random = (): number => (state = Math.imul(state, 1_103_515_245) + 12_345 >>> 0) / 2 ** 32;
  let [bytes, song] = [0, false];
  for (let hour = 0; hour < hours; hour++) {
    const hourMs = START_MS + hour * HOUR_MS;
    const season = 0.5 + 0.5 * Math.cos((2 * Math.PI * hour) / 8766);
    const scores = Float64Array.from({ length: HOUR_BINS }, () => {
      if (random() < 1 / 60) song = random() < 0.6 * season;
      return random() < 2e-4 ? NaN : (song ? 0.4 : 0) + 0.6 * random() ** 2;
    });
    const csv = formatScoreCsv(hourMs, scores);
    const path = join(folder, hourPath(hourMs));
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(`${path}.csv`, csv);
    await Deno.writeTextFile(`${path}.json`, formatManifest(manifestOf(hourMs, csv, scores)));
    bytes += csv.length;
  }
  return bytes;
}

/** A manifest as scoring daily recordings writes it. */
function manifestOf(hourMs: number, csv: string, scores: Float64Array): Manifest {
  const dayMs = Math.floor(hourMs / 86_400_000) * 86_400_000;
  const start = formatUtc(dayMs);
  const stamp = start.replace(/[-:]/g, "");
  return {
    format: "megaptera-scores/2",
    hour: formatUtc(hourMs),
    detector: {
      name: "bench",
      weightsSha256: "0".repeat(64),
      windowSeconds: 3.9124,
      hopSeconds: 1,
      classNames: ["Mn"],
    },
    fingerprint: "0".repeat(64),
    recipe: "exact",
    clock: "utc",
    gain: 1,
    channel: 0,
    files: [{
      uri: `file:///audio/BENCH-${stamp}-16kHz.wav`,
      sizeBytes: 44 + 3 * DAY_FRAMES,
      version: start,
      start,
      frames: DAY_FRAMES,
      sampleRateHz: 16_000,
      channels: 1,
    }],
    segments: [{
      file: 0,
      start: formatUtc(hourMs),
      stop: formatUtc(hourMs + HOUR_MS),
      fileFrame: (hourMs - dayMs) * 16,
    }],
    notes: [],
    effortSeconds: scores.reduce((sum, score) => Number.isNaN(score) ? sum : sum + 1, 0),
    noEffort: [],
    csv: {
      name: `${hourPath(hourMs).slice(-11)}.csv`,
      sha256: createHash("sha256").update(csv).digest("hex"),
    },
    run: {
      megaptera: "0",
      engine: "none",
      deno: "0",
      machine: "none",
      finished: formatUtc(hourMs),
      seconds: 0,
    },
  };
}
