import { mapLimited, MegapteraError } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import { isRecordingLost, ScoreStore, sha256 } from "../../pipeline/scores/mod.ts";
import type { Plan } from "../plan/plan.ts";
import { sealPath } from "../plan/run_paths.ts";
import { plannedHours } from "../plan/shares.ts";
import { type ListedHour, listHours } from "./list_hours.ts";
import { readSeals, sealDigest } from "./seal.ts";

/** Hours whose files are read at the same time, where no seal vouches for them. */
const READ_AT_ONCE = 16;

/** What is known of an hour of a plan. */
export interface PlannedHour {
  hourMs: number;
  /** Which share it is in. */
  share: number;
  state: ListedHour["state"] | "damaged" | "another fingerprint";
  /** Why, where it is neither whole nor without audio. */
  reason: string;
  /** Whether its manifest, or its share's worker, says that a recording could not be had, or was bad. */
  isOfLost: boolean;
}

/**
 * How the hours of a plan are, by listing: hours whose share's seal fits are what its worker left;
 * the files of the others are read, each one's manifest, fingerprint and hash.
 *
 * @param out The output.
 * @param trees Its score trees.
 * @param plan The plan.
 * @param isDeep Whether the files of all hours are read, whatever the seals say.
 * @returns One entry an hour, ascending.
 */
export async function verifyRun(
  out: Storage,
  trees: readonly Storage[],
  plan: Plan,
  isDeep = false,
): Promise<PlannedHour[]> {
  const hours = plannedHours(plan);
  const [listed, seals] = await Promise.all([listHours(trees, hours), readSeals(out, plan.run)]);
  const found = listed.map(({ hourMs, state }, i): PlannedHour => ({
    hourMs,
    share: Math.floor(i / plan.hoursPerJob),
    state,
    reason: state === "missing" ? "nothing is known of it" : "",
    isOfLost: false,
  }));
  const toRead: PlannedHour[] = [];
  for (let first = 0; first < found.length; first += plan.hoursPerJob) {
    const digest = sealDigest(listed.slice(first, first + plan.hoursPerJob));
    const hours = found.slice(first, first + plan.hoursPerJob);
    const [plain, ofLost] = [false, true].map((isLost) =>
      seals.has(sealPath(plan.run, first / plan.hoursPerJob, digest, isLost))
    );
    if (ofLost) { for (const hour of hours) hour.isOfLost = true; }
    if (isDeep || !plain && !ofLost) toRead.push(...hours.filter((h) => h.state !== "missing"));
  }
  const stores = trees.map((tree) => new ScoreStore(tree));
  await mapLimited(toRead, READ_AT_ONCE, async (hour) => {
    for (const store of stores) Object.assign(hour, await readHour(store, hour, plan.fingerprint));
  });
  return found;
}

async function readHour(
  store: ScoreStore,
  { hourMs, state, reason }: PlannedHour,
  fingerprint: string,
): Promise<Pick<PlannedHour, "state" | "reason"> & { isOfLost?: boolean }> {
  if (reason !== "") return { state, reason };
  try {
    const { manifest, csv } = await store.findNow(hourMs);
    if (!manifest) return { state: "missing", reason: "its manifest went meanwhile" };
    if (manifest.fingerprint !== fingerprint) {
      const found = manifest.fingerprint.slice(0, 12);
      return {
        state: "another fingerprint",
        reason: `${manifest.detector.name}, recipe ${manifest.recipe}, fingerprint ${found}`,
      };
    }
    const isSame = manifest.csv === null
      ? csv === undefined
      : csv !== undefined && sha256(csv) === manifest.csv.sha256;
    return isSame
      ? { state, reason, isOfLost: isRecordingLost(manifest.noEffort) }
      : { state: "damaged", reason: `${store.csvPath(hourMs)} is not what its manifest says` };
  } catch (error) {
    if (!(error instanceof MegapteraError) || error.kind !== "data") throw error;
    return { state: "damaged", reason: error.message };
  }
}
