import { MegapteraError } from "../errors.ts";
import { formatUtc } from "../utc.ts";
import type { HourInputs } from "./hour_inputs.ts";
import type { Manifest } from "./manifest.ts";
import { type ScoreStore, sha256 } from "./score_store.ts";

/**
 * Whether an hour is done: its scores' hash, the fingerprint and the recordings it is made from
 * all match its manifest. So a recording that came late, or a new neighbour, rescores just the
 * hours that it touches.
 *
 * @param store Where the hours lie.
 * @param hourMs Start of the hour.
 * @param inputs What the hour would be made from now.
 * @param fingerprint What would decide its scores now.
 * @returns The manifest of an hour that is done, else nothing.
 * @throws {MegapteraError} `configuration` where scores of another fingerprint lie there.
 */
export async function doneManifest(
  store: ScoreStore,
  hourMs: number,
  inputs: HourInputs,
  fingerprint: string,
): Promise<Manifest | undefined> {
  const manifest = await store.readManifest(hourMs);
  const csv = await store.readCsv(hourMs);
  if (!manifest && csv === undefined) return undefined;
  if (manifest?.fingerprint !== fingerprint) {
    const found = manifest
      ? `${manifest.detector.name}, recipe ${manifest.recipe}, gain ${manifest.gain}, channel ` +
        `${manifest.channel}, fingerprint ${manifest.fingerprint.slice(0, 12)}`
      : "a file without a manifest";
    throw new MegapteraError(
      "configuration",
      `Cannot score hour ${
        formatUtc(hourMs)
      } into ${store.folder} as scores made another way lie ` +
        `there (${found}; now it is ${
          fingerprint.slice(0, 12)
        }): choose another --out, or replace ` +
        "them with --force.",
    );
  }
  const sameInputs = JSON.stringify([manifest.files, manifest.segments, manifest.notes]) ===
    JSON.stringify([inputs.files, inputs.segments, inputs.notes]);
  const whole = manifest.csv && csv !== undefined && manifest.csv.sha256 === sha256(csv);
  return sameInputs && whole ? manifest : undefined;
}
