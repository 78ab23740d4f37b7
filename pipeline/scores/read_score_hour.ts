import { formatUtc, MegapteraError } from "../../core/mod.ts";
import type { ReadableStorage } from "../places/mod.ts";
import { HOUR_BINS } from "./hour.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { parseScoreBytes } from "./parse_score_bytes.ts";
import type { ScoreFile } from "./score_files.ts";

/** An hour of scores as read from its files. */
export interface ScoredHour {
  /** Start of the hour, epoch milliseconds. */
  hourMs: number;
  /** `[3600]`, 0 to 1; NaN without effort. */
  scores: Float64Array;
  /** Manifest of the hour; the earlier Python pipeline's hours have none. */
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
  file: ScoreFile,
): Promise<ScoredHour> {
  const { hourMs, csvPath } = file;
  const [manifest, bytes] = await Promise.all([
    readScoreManifest(storage, file),
    csvPath === undefined ? undefined : readThere(storage, csvPath),
  ]);
  const more = manifest ? { manifest } : {};
  if (!bytes) {
    if (manifest?.csv) throw gone(named(storage, file.manifestPath));
    return { hourMs, scores: new Float64Array(HOUR_BINS).fill(NaN), ...more };
  }
  const name = named(storage, csvPath);
  if (manifest) await checkScores(manifest, bytes, name);
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

/**
 * Reads an hour's manifest alone.
 *
 * @param storage Where it lies.
 * @param file Paths of what is there of the hour.
 * @returns The manifest; nothing where there is none.
 * @throws {MegapteraError} `data` where it is wrong, of another hour, or knows of no scores where some are.
 */
export async function readScoreManifest(
  storage: ReadableStorage,
  { hourMs, csvPath, manifestPath }: ScoreFile,
): Promise<Manifest | undefined> {
  if (manifestPath === undefined) return undefined;
  const bytes = await readThere(storage, manifestPath);
  const name = named(storage, manifestPath);
  const manifest = parseManifest(new TextDecoder().decode(bytes), name);
  checkHour(hourMs, manifest, name);
  if (!manifest.csv && csvPath !== undefined) {
    throw strange(named(storage, csvPath), "it knows of none");
  }
  return manifest;
}

function named(storage: ReadableStorage, path: string | undefined): string {
  return `${storage.name.replace(/\/$/, "")}/${path}`;
}

async function readThere(storage: ReadableStorage, path: string): Promise<Uint8Array> {
  const bytes = await storage.readBytes(path);
  if (bytes) return bytes;
  throw new MegapteraError(
    "retry",
    `Cannot read ${named(storage, path)} as it was removed during reading: run it again.`,
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

async function checkScores({ csv }: Manifest, bytes: Uint8Array, name: string): Promise<void> {
  // Hashed in another thread, while this one reads the rows of the hours before.
  const hash = await crypto.subtle.digest("SHA-256", bytes as BufferSource);
  if (csv && new Uint8Array(hash).toHex() === csv.sha256) return;
  throw strange(name, "their SHA-256 is another");
}

function strange(name: string, found: string): MegapteraError {
  return new MegapteraError(
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
