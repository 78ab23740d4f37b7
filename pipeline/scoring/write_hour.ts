import { setTimeout as sleep } from "node:timers/promises";
import { MegapteraError } from "../errors.ts";
import { StorageConflict } from "../storage/mod.ts";
import { formatUtc } from "../utc.ts";
import type { Manifest } from "./manifest.ts";
import { parseScoreCsv } from "./score_csv.ts";
import { type FoundHour, type ScoreStore, sha256 } from "./score_store.ts";

/** Two machines of different types differ by less in a score, where all else is the same. */
const AGREE_WITHIN = 1e-3;
/** How often what another worker is writing is looked at. */
const LOOKS = 5;
const LOOK_MS = 2000;

/** What was written, or was there already. */
export interface WrittenHour {
  manifestVersion: string | null;
  csvVersion: string | null;
}

/**
 * Writes an hour where another worker may be writing the same one: where it has, and its scores
 * agree, the first one's file stays.
 *
 * @param store Where to.
 * @param hourMs Start of the hour.
 * @param manifest Its manifest.
 * @param csv Its scores; nothing where it has no audio.
 * @param found What lay there before.
 * @param waitMs How long another worker is given between two looks.
 * @returns The versions of the files that lie there now.
 * @throws {MegapteraError} `data` where another worker's scores differ; `configuration` where they
 * were made another way; `retry` where it is never done.
 */
export async function writeHour(
  store: ScoreStore,
  hourMs: number,
  manifest: Manifest,
  csv: string | undefined,
  found: FoundHour,
  waitMs = LOOK_MS,
): Promise<WrittenHour> {
  let there = found;
  for (let look = 0; look < LOOKS; look++) {
    try {
      return await store.write(hourMs, manifest, csv, there);
    } catch (error) {
      if (!(error instanceof StorageConflict)) throw error;
    }
    if (look > 0) await sleep(waitMs);
    there = await store.findNow(hourMs);
    if (isWhole(there)) {
      checkAgreement(store, hourMs, manifest, csv, there);
      return there;
    }
  }
  throw new MegapteraError(
    "retry",
    `Cannot write hour ${
      formatUtc(hourMs)
    } to ${store.name} as another worker keeps changing it: ` +
      "run the same command again when it has ended.",
  );
}

/** Both files lie there, and belong together. */
function isWhole({ manifest, csv }: FoundHour): boolean {
  if (manifest === undefined) return false;
  return manifest.csv === null
    ? csv === undefined
    : csv !== undefined && sha256(csv) === manifest.csv.sha256;
}

function checkAgreement(
  store: ScoreStore,
  hourMs: number,
  manifest: Manifest,
  csv: string | undefined,
  there: FoundHour,
): void {
  const hour = formatUtc(hourMs);
  if (there.manifest!.fingerprint !== manifest.fingerprint) {
    throw new MegapteraError(
      "configuration",
      `Cannot write hour ${hour} to ${store.name} as another worker has just scored it another way: ` +
        `fingerprint ${there.manifest!.fingerprint.slice(0, 12)}, not ` +
        `${manifest.fingerprint.slice(0, 12)}; choose another --out.`,
    );
  }
  const differs = differenceOf(csv, there.csv, store.csvPath(hourMs));
  if (differs === undefined) return;
  throw new MegapteraError(
    "data",
    `Cannot write hour ${hour} to ${store.name} as another worker's scores, made the same way, ` +
      `differ ${differs}: score the hour again with --force on one machine.`,
  );
}

/** Where two hours' scores differ by more than machines do; nothing where they agree. */
function differenceOf(
  mine: string | undefined,
  theirs: string | undefined,
  name: string,
): string | undefined {
  if (mine === theirs) return undefined;
  if (mine === undefined || theirs === undefined) return "in that one has no audio";
  const [a, b] = [mine, theirs].map((text) => parseScoreCsv(text, name).scores);
  const bin = a.findIndex((score, i) =>
    !(Math.abs(score - b[i]) <= AGREE_WITHIN) &&
    !(Number.isNaN(score) && Number.isNaN(b[i]))
  );
  return bin < 0 ? undefined : `in second ${bin}: ${a[bin]} and ${b[bin]}`;
}
