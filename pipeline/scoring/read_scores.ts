import { findScoreFiles, type ScoreFile } from "./find_score_files.ts";
import { MegapteraError } from "../errors.ts";
import { HOUR_BINS } from "./hour.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { parseScoreCsv } from "./score_csv.ts";
import { sha256 } from "./score_store.ts";

/** An hour of scores as read from its files. */
export interface ScoredHour {
  /** Start of the hour, epoch milliseconds. */
  hourMs: number;
  /** `[3600]`, 0 to 1; NaN without effort. */
  scores: Float64Array;
  /** What made them; the earlier Python pipeline's hours have none. */
  manifest?: Manifest;
}

/**
 * Reads a folder of hourly score files, hour by hour: this project's and the earlier Python
 * pipeline's. Hours that have only a manifest (no audio) come without effort.
 *
 * @param folder The folder; folders below it are read too.
 * @returns Hours in the order of time; one is held at a time.
 * @throws {MegapteraError} `data`, naming the file and the line that is wrong.
 *
 * @example
 * ```ts
 * const folder = await Deno.makeTempDir();
 * for await (const { hourMs, scores } of readScores(folder)) console.log(hourMs, scores[0]);
 * await Deno.remove(folder);
 * ```
 */
export async function* readScores(folder: string): AsyncGenerator<ScoredHour> {
  for (const file of await findScoreFiles(folder)) yield await readHour(file);
}

async function readHour({ hourMs, csvPath, manifestPath }: ScoreFile): Promise<ScoredHour> {
  const manifest = manifestPath === undefined
    ? {}
    : { manifest: parseManifest(await Deno.readTextFile(manifestPath), manifestPath) };
  if (csvPath === undefined) {
    return { hourMs, scores: new Float64Array(HOUR_BINS).fill(NaN), ...manifest };
  }
  const text = await Deno.readTextFile(csvPath);
  if (manifest.manifest?.csv && manifest.manifest.csv.sha256 !== sha256(text)) {
    throw new MegapteraError(
      "data",
      `Cannot use the scores ${csvPath} as they are not those of their manifest (their SHA-256 is ` +
        "another): score the hour again.",
    );
  }
  const rows = parseScoreCsv(text, csvPath);
  return { ...rows, ...manifest };
}
