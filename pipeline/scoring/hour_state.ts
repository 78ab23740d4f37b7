import { formatUtc, MegapteraError } from "../../core/mod.ts";
import {
  type DoneHour,
  type FoundHour,
  isWhole,
  type Manifest,
  noEffortSpans,
  reasonWords,
  type ScoreStore,
  sha256,
} from "../scores/mod.ts";
import type { HourInputs } from "./hour_inputs.ts";

/** Whether an hour is done, and what lies there of it. */
export interface HourState {
  /** What is known of it where it is done. */
  readonly done?: DoneHour;
  /** What lies there; not asked for where a note and a listing say that it is done. */
  readonly found?: FoundHour;
}

/**
 * Digests what decides an hour's scores: the fingerprint, the recordings, and those that can't be
 * had. What is only said of a recording has no part in it, so that a release that says more makes
 * nobody score again.
 *
 * @param hour The hour as its manifest has it, or as it would be made now.
 * @param fingerprint What decides its scores, given the audio.
 * @returns 64 hex digits.
 */
export function digestOf(
  { files, segments, noEffort }: Pick<Manifest, "files" | "segments" | "noEffort">,
  fingerprint: string,
): string {
  const made = files.map((
    file,
  ) => [
    file.uri,
    file.sizeBytes,
    file.version,
    file.start,
    file.frames,
    file.sampleRateHz,
    file.channels,
    ...file.failed ? ["failed"] : [],
  ]);
  // What is bad within a recording that is heard is known only once it was read. Format 1 knew no
  // more than the names of those that can't be had.
  const lost = noEffort.map(({ reason }) => reason)
    .filter(({ uri }) => uri !== undefined && !files.some((file) => file.uri === uri))
    .map(reasonWords);
  return sha256(JSON.stringify([fingerprint, made, segments, [...new Set(lost)].sort()]));
}

/**
 * Tells whether an hour is done: its scores' hash, the fingerprint and the recordings it is made from
 * all match its manifest. So a recording that came late, or a new neighbour, rescores just the
 * hours that it touches.
 *
 * @param store Where the hours lie.
 * @param hourMs Start of the hour.
 * @param inputs What the hour would be made from now.
 * @param fingerprint What would decide its scores now.
 * @returns What is known of it.
 * @throws {MegapteraError} `configuration` where scores of another fingerprint lie there.
 */
export async function hourState(
  store: ScoreStore,
  hourMs: number,
  inputs: HourInputs,
  fingerprint: string,
): Promise<HourState> {
  const noEffort = noEffortSpans(hourMs, inputs);
  const digest = digestOf({ ...inputs, noEffort }, fingerprint);
  const [noted, listed] = await Promise.all([store.index?.get(hourMs), store.listed(hourMs)]);
  const isNoted = noted !== undefined && listed !== undefined && noted.digest === digest &&
    noted.manifest === listed.manifestVersion && noted.csv === listed.csvVersion;
  if (isNoted) return { done: noted };
  const found = await store.find(hourMs);
  const { manifest, csv } = found;
  if (!manifest && csv === undefined) return { found };
  if (manifest?.fingerprint !== fingerprint) {
    throw madeAnotherWay(store, hourMs, found, fingerprint);
  }
  const isSame = digestOf(manifest, fingerprint) === digest;
  // An hour without audio is tried again.
  if (!isSame || !manifest.csv || !isWhole(found)) return { found };
  const { manifestVersion, csvVersion } = found;
  await store.index?.set(hourMs, {
    manifest: manifestVersion!,
    csv: csvVersion!,
    digest,
    effortSeconds: manifest.effortSeconds,
    noEffort: manifest.noEffort,
  });
  return { done: manifest, found };
}

function madeAnotherWay(
  store: ScoreStore,
  hourMs: number,
  { manifest }: FoundHour,
  fingerprint: string,
): MegapteraError {
  const found = manifest
    ? `${manifest.detector.name}, recipe ${manifest.recipe}, gain ${manifest.gain}, channel ` +
      `${manifest.channel}, fingerprint ${manifest.fingerprint.slice(0, 12)}`
    : "a file without a manifest";
  return new MegapteraError(
    "configuration",
    `Cannot score hour ${formatUtc(hourMs)} into ${store.name} as scores with another ` +
      `fingerprint are there (${found}; now it is ${
        fingerprint.slice(0, 12)
      }): choose another --out, or replace ` +
      "them with --force.",
  );
}
