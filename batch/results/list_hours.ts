import { mapLimited } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import { hourPath } from "../../pipeline/scores/mod.ts";
import { listBelow } from "../plan/list_below.ts";

/** Months listed at the same time: ten years take two pages a month. */
const LISTED_AT_ONCE = 16;

/** What a listing shows of an hour: versions of its files in each tree, `null` where there is none. */
export interface ListedHour {
  readonly hourMs: number;
  /** `whole`: scores in every tree; `no audio`: manifests alone. */
  readonly state: "whole" | "no audio" | "missing";
  readonly versions: readonly (string | null)[];
}

/**
 * What a listing shows of hours. Requests: one a thousand files.
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
