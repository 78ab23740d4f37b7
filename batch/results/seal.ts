import { createHash } from "node:crypto";
import type { Storage } from "../../pipeline/places/mod.ts";
import { listBelow } from "../plan/list_below.ts";
import { sealPath, sealPrefix } from "../plan/run_paths.ts";
import type { ListedHour } from "./list_hours.ts";

/**
 * A digest of what a listing shows of a share's hours. A worker that has ended a share writes it as
 * the name of an empty file, its seal: whoever lists the scores and the seals later knows of every
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

/** The paths of all seals of a run. */
export async function readSeals(out: Storage, run: string): Promise<Set<string>> {
  const seals = new Set<string>();
  for await (const { path } of listBelow(out, sealPrefix(run))) seals.add(path);
  return seals;
}
