import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { formatUtc } from "../../core/time.ts";
import {
  formatManifest,
  formatScoreCsv,
  hourPath,
  type Manifest,
} from "../../pipeline/scores/mod.ts";

/** What an hour's manifest says beyond the usual. */
export interface Planted extends Partial<Omit<Manifest, "csv">> {
  /** False for an hour of the earlier pipeline. */
  manifest?: boolean;
}

/** A manifest of made-up scores. */
export function plantedManifest(
  hourMs: number,
  csv: string,
  more: Partial<Manifest> = {},
): Manifest {
  return {
    format: "megaptera-scores/2",
    hour: formatUtc(hourMs),
    detector: {
      name: "planted",
      weightsSha256: "0".repeat(64),
      windowSeconds: 3.9124,
      hopSeconds: 1,
      classNames: ["Mn"],
    },
    fingerprint: "a".repeat(64),
    recipe: "exact",
    clock: "utc",
    gain: 1,
    channel: 0,
    files: [],
    segments: [],
    notes: [],
    effortSeconds: 3600,
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
      finished: formatUtc(0),
      seconds: 0,
    },
    ...more,
  };
}

/**
 * Writes an hour of made-up scores.
 *
 * @returns Path of its CSV.
 */
export async function plantHour(
  folder: string,
  hourMs: number,
  score: number | ((bin: number) => number),
  { manifest = true, ...more }: Planted = {},
): Promise<string> {
  const scoreOf = typeof score === "number" ? () => score : score;
  const csv = formatScoreCsv(hourMs, Float64Array.from({ length: 3600 }, (_, bin) => scoreOf(bin)));
  const path = join(folder, hourPath(hourMs));
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(`${path}.csv`, csv);
  if (manifest) {
    await Deno.writeTextFile(`${path}.json`, formatManifest(plantedManifest(hourMs, csv, more)));
  }
  return `${path}.csv`;
}
