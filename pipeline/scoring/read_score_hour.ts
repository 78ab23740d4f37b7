import { createHash } from "node:crypto";
import { MegapteraError } from "../errors.ts";
import type { ReadableStorage } from "../storage/storage.ts";
import { formatUtc } from "../utc.ts";
import { HOUR_BINS } from "./hour.ts";
import type { ScoreFile } from "./list_score_files.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { parseScoreBytes } from "./parse_score_bytes.ts";

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
 * Reads an hour from its files. An hour that has only a manifest (no audio) comes without effort.
 *
 * @param storage Where they lie.
 * @param file Their paths.
 * @returns The hour.
 * @throws {MegapteraError} `data`, naming the file and the line that is wrong.
 */
export async function readScoreHour(
  storage: ReadableStorage,
  { hourMs, csvPath, manifestPath }: ScoreFile,
): Promise<ScoredHour> {
  const [manifestBytes, bytes] = await Promise.all([
    manifestPath === undefined ? undefined : readThere(storage, manifestPath),
    csvPath === undefined ? undefined : readThere(storage, csvPath),
  ]);
  const manifest = manifestBytes &&
    parseManifest(new TextDecoder().decode(manifestBytes), named(storage, manifestPath));
  if (manifest) checkHour(hourMs, manifest, named(storage, manifestPath));
  const more = manifest ? { manifest } : {};
  if (!bytes) {
    if (manifest?.csv) throw gone(named(storage, manifestPath));
    return { hourMs, scores: new Float64Array(HOUR_BINS).fill(NaN), ...more };
  }
  const name = named(storage, csvPath);
  if (manifest) checkScores(manifest, bytes, name);
  const rows = parseScoreBytes(bytes, name);
  if (rows.hourMs !== hourMs) {
    throw new MegapteraError(
      "data",
      `Cannot use the scores ${name} as by its name they are of ${formatUtc(hourMs)}, and by its ` +
        `line 2 of ${formatUtc(rows.hourMs)}.`,
    );
  }
  return { ...rows, ...more };
}

function named(storage: ReadableStorage, path: string | undefined): string {
  return `${storage.name.replace(/\/$/, "")}/${path}`;
}

async function readThere(storage: ReadableStorage, path: string): Promise<Uint8Array> {
  const bytes = await storage.readBytes(path);
  if (bytes) return bytes;
  throw new MegapteraError(
    "retry",
    `Cannot read ${named(storage, path)} as it went away after it was listed: run it again.`,
  );
}

function checkHour(hourMs: number, { hour }: Manifest, name: string): void {
  if (Date.parse(hour) === hourMs) return;
  throw new MegapteraError(
    "data",
    `Cannot use the manifest ${name} as by its name it is of ${formatUtc(hourMs)}, and by its ` +
      `field "hour" of ${hour}.`,
  );
}

function checkScores({ csv }: Manifest, bytes: Uint8Array, name: string): void {
  if (csv && createHash("sha256").update(bytes).digest("hex") === csv.sha256) return;
  const found = csv ? "their SHA-256 is another" : "it knows of none";
  throw new MegapteraError(
    "data",
    `Cannot use the scores ${name} as they are not those of their manifest (${found}): score the ` +
      "hour again.",
  );
}

function gone(name: string): MegapteraError {
  return new MegapteraError(
    "data",
    `Cannot use the hour of ${name} as its scores are gone, though it was scored: score it again.`,
  );
}
