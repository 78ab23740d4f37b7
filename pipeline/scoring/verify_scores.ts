import { formatUtc } from "../utc.ts";
import { findScoreFiles } from "./find_score_files.ts";
import type { ScoreFile } from "./list_score_files.ts";
import { HOUR_MS } from "./hour.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { parseScoreCsv } from "./score_csv.ts";
import { sha256 } from "./score_store.ts";

/**
 * What verification found of an hour. `whole`: its scores are there. `no audio`: it is known why
 * there are none. `missing`: nothing is known of it. `damaged`: what is there is not what was
 * written. `unknown origin`: scores without a manifest.
 */
export interface HourVerdict {
  hourMs: number;
  state: "whole" | "no audio" | "missing" | "damaged" | "unknown origin";
  /** Why, in a few words; empty for `whole`. */
  reason: string;
  effortSeconds: number;
  fingerprint?: string;
}

/** Which hours to verify, and how deeply. */
export interface VerifyOptions {
  /** First hour, epoch milliseconds; the first that is there by default. */
  startMs?: number | undefined;
  /** The hour after the last; the one after the last that is there by default. */
  stopMs?: number | undefined;
  /** Also reads every score and hashes it again. */
  deep?: boolean | undefined;
}

/**
 * Checks that every hour of a range is there, or missing with a reason.
 *
 * @param folder Where the score files lie.
 * @param options Which hours, and how deeply.
 * @returns One verdict an hour, ascending.
 * @throws {MegapteraError} `data` where the folder can't be read.
 */
export async function* verifyScores(
  folder: string,
  options: VerifyOptions = {},
): AsyncGenerator<HourVerdict> {
  const files = new Map((await findScoreFiles(folder)).map((file) => [file.hourMs, file]));
  const known = [...files.keys()];
  const startMs = options.startMs ?? known[0] ?? 0;
  const stopMs = options.stopMs ?? (known.length > 0 ? known[known.length - 1] + HOUR_MS : 0);
  for (let hourMs = startMs; hourMs < stopMs; hourMs += HOUR_MS) {
    yield await verifyHour(files.get(hourMs) ?? { hourMs }, options.deep === true);
  }
}

async function verifyHour(file: ScoreFile, deep: boolean): Promise<HourVerdict> {
  const { hourMs, csvPath, manifestPath } = file;
  const verdict = (state: HourVerdict["state"], reason: string): HourVerdict => ({
    hourMs,
    state,
    reason,
    effortSeconds: 0,
  });
  if (manifestPath === undefined) {
    return csvPath === undefined
      ? verdict("missing", "it was never scored")
      : verdict("unknown origin", "its scores have no manifest");
  }
  try {
    const manifest = parseManifest(await Deno.readTextFile(manifestPath), manifestPath);
    const fault = await faultOf(manifest, file, deep);
    if (fault) return verdict(csvPath === undefined ? "missing" : "damaged", fault);
    const { effortSeconds, fingerprint } = manifest;
    const reasons = [...new Set(manifest.noEffort.map(({ reason }) => reason))].join(", ");
    return manifest.csv === null
      ? { ...verdict("no audio", reasons), fingerprint }
      : { ...verdict("whole", ""), effortSeconds, fingerprint };
  } catch (error) {
    return verdict("damaged", error instanceof Error ? error.message : String(error));
  }
}

/** What is wrong with an hour that has a manifest. */
async function faultOf(
  manifest: Manifest,
  { hourMs, csvPath }: ScoreFile,
  deep: boolean,
): Promise<string | undefined> {
  if (manifest.hour !== formatUtc(hourMs)) return `its manifest is of ${manifest.hour}`;
  if (manifest.csv === null) {
    return csvPath === undefined ? undefined : "its manifest knows no scores";
  }
  if (csvPath === undefined) return "its scores are gone, though it was scored";
  if (!deep) return undefined;
  const text = await Deno.readTextFile(csvPath);
  if (sha256(text) !== manifest.csv.sha256) return "its scores are not those that were written";
  const { scores } = parseScoreCsv(text, csvPath);
  const effort = scores.reduce((sum, score) => Number.isNaN(score) ? sum : sum + 1, 0);
  return effort === manifest.effortSeconds ? undefined : `it has ${effort} s of effort`;
}
