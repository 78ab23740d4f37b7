import { createHash } from "node:crypto";
import { mapLimited } from "../core/mod.ts";
import { openStorage, type RemoteAccess, type Storage } from "../pipeline/places/mod.ts";
import { classFolders, hourPath } from "../pipeline/scores/mod.ts";
import type { Plan } from "./plan.ts";
import { listBelow, sealPath, sealPrefix } from "./run_paths.ts";

/** Months listed at the same time: ten years take two pages a month. */
const LISTED_AT_ONCE = 16;

/** Files of an hour in a listing: their versions in each tree, `null` where there is none. */
export interface ListedHour {
  readonly hourMs: number;
  /** `whole`: scores in every tree; `no audio`: manifests alone. */
  readonly state: "whole" | "no audio" | "missing";
  readonly versions: readonly (string | null)[];
}

/**
 * Lists the files of hours. Requests: one a thousand files.
 *
 * @param trees The score trees, one a class.
 * @param hours Starts of the hours, epoch milliseconds.
 * @returns One entry an hour, in their order.
 */
export async function listHours(
  trees: readonly Storage[],
  hours: readonly number[],
): Promise<ListedHour[]> {
  const prefixes = prefixesOf(hours);
  const wanted = trees.flatMap((tree, index) =>
    prefixes.map((prefix) => ({ tree, index, prefix }))
  );
  const versions = trees.map(() => new Map<string, string>());
  await mapLimited(wanted, LISTED_AT_ONCE, async ({ tree, index, prefix }) => {
    for await (const { path, version } of listBelow(tree, prefix)) {
      versions[index].set(path, version);
    }
  });
  return hours.map((hourMs) => {
    const path = hourPath(hourMs);
    const manifests = versions.map((found) => found.get(`${path}.json`) ?? null);
    const csvs = versions.map((found) => found.get(`${path}.csv`) ?? null);
    const isKnown = manifests.every((version) => version !== null);
    const state = !isKnown
      ? "missing"
      : csvs.every((version) => version !== null)
      ? "whole"
      : csvs.every((version) => version === null)
      ? "no audio"
      : "missing";
    return { hourMs, state, versions: [...manifests, ...csvs] };
  });
}

/** Months where hours are many, days where they are few. */
function prefixesOf(hours: readonly number[]): string[] {
  const days = new Set(hours.map((hourMs) => hourPath(hourMs).slice(0, -"HH".length)));
  if (days.size <= 3) return [...days];
  return [...new Set(hours.map((hourMs) => hourPath(hourMs).slice(0, "YYYY/MM/".length)))];
}

/**
 * Digests what a listing shows of a share's hours. A worker that has ended a share writes it as the
 * name of an empty file, its seal: whoever lists the scores and the seals later knows of every
 * share whose seal fits that a worker of this very plan found or made all its hours, and that
 * nothing was changed since. So ten years are verified without reading a manifest.
 *
 * @param hours The share's hours, none missing.
 * @returns 32 hex digits.
 */
export function sealDigest(hours: readonly ListedHour[]): string {
  const seen = hours.map(({ hourMs, versions }) => [hourMs, ...versions]);
  return createHash("sha256").update(JSON.stringify(seen)).digest("hex").slice(0, 32);
}

/**
 * Seals a share.
 *
 * @param out The output.
 * @param run The run.
 * @param share The share.
 * @param hours What a listing shows of its hours, none missing.
 * @param isLost Whether a recording of it could not be had, or was bad: who retries looks at it again.
 */
export async function writeSeal(
  out: Storage,
  run: string,
  share: number,
  hours: readonly ListedHour[],
  isLost = false,
): Promise<void> {
  await out.write([{ path: sealPath(run, share, sealDigest(hours), isLost), text: "" }]);
}

/** Reads the paths of all seals of a run. */
export async function readSeals(out: Storage, run: string): Promise<Set<string>> {
  const seals = new Set<string>();
  for await (const { path } of listBelow(out, sealPrefix(run))) seals.add(path);
  return seals;
}

/** Opens the score trees of a plan's output, one a class of the detector. */
export function openTrees(
  out: string,
  plan: Pick<Plan, "detector">,
  access: RemoteAccess,
): Storage[] {
  return classFolders(out, plan.detector.classNames).map((folder) => openStorage(folder, access));
}
