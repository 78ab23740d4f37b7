import { dayOf, HOUR_MS, mapLimited, MegapteraError } from "../core/mod.ts";
import type { Storage } from "../pipeline/places/mod.ts";
import { isRecordingLost, type NoEffortSpan, ScoreStore, sha256 } from "../pipeline/scores/mod.ts";
import { type Archive, runStopMs } from "../pipeline/timeline/mod.ts";
import { type ListedHour, listHours, readSeals, sealDigest } from "./list_hours.ts";
import { parseLogLine, readLogTail } from "./log_tail.ts";
import { type Plan, plannedHours } from "./plan.ts";
import { sealPath } from "./run_paths.ts";

/** Hours whose files are read at the same time, where no seal vouches for them. */
const READ_AT_ONCE = 16;

/** Verdict on an hour of a plan. */
export interface PlannedHour {
  hourMs: number;
  /** Number of the share that it is in. */
  share: number;
  state: ListedHour["state"] | "damaged" | "another fingerprint";
  /** Why, where it is neither whole nor without audio. */
  reason: string;
  /** Whether its manifest, or its share's worker, says that a recording could not be had, or was bad. */
  isOfLost: boolean;
}

/**
 * Verifies the hours of a plan by listing: hours whose share's seal fits are what its worker left;
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

/** Logs that are read to say why hours are missing. */
const MOST_LOGS = 200;
/**
 * Says why hours are missing, by the log lines that their share's last worker left.
 *
 * @param out The output.
 * @param plan The plan.
 * @param hours Hours of the plan; the reasons of those that are missing are filled in.
 */
export async function findReasons(
  out: Storage,
  plan: Pick<Plan, "run">,
  hours: readonly PlannedHour[],
): Promise<void> {
  const missing = Map.groupBy(hours.filter(({ state }) => state === "missing"), (h) => h.share);
  await mapLimited([...missing].slice(0, MOST_LOGS), READ_AT_ONCE, async ([share, lost]) => {
    const lines = (await readLogTail(out, plan.run, share) ?? []).map(parseLogLine);
    const isCut = lines.length > 0 && !lines.some((line) => line?.event === "end");
    const fault = lines.findLast((line) => line?.event === "fault")?.message ??
      (isCut ? "its worker left no end: it was killed, or is still at work" : undefined);
    for (const hour of lost) {
      const own = lines.findLast((line) =>
        line?.event === "hour" && line.state === "failed" &&
        line.hour !== undefined && Date.parse(line.hour) === hour.hourMs
      );
      hour.reason = own?.notes?.join(" ") ?? fault ?? hour.reason;
    }
  });
}

/** An hour that lacks audio, and why. */
export interface LostHour extends PlannedHour {
  noEffort: readonly NoEffortSpan[];
  /** Further notes of its manifest, such as what is wrong with a recording. */
  notes: readonly string[];
}

/**
 * Reads why hours lack audio: of those without any, and of those whose share's worker says that a
 * recording of it could not be had, or was bad.
 *
 * @param trees The score trees; all classes have the effort of the first.
 * @param hours The hours.
 * @returns Those that have no audio at all, or lack a recording that is named, ascending.
 */
export async function readLostHours(
  trees: readonly Storage[],
  hours: readonly PlannedHour[],
): Promise<LostHour[]> {
  const store = new ScoreStore(trees[0]);
  const known = hours.filter(({ state, isOfLost }) =>
    state === "no audio" || isOfLost && state === "whole"
  );
  const read = await mapLimited(known, READ_AT_ONCE, async (hour) => {
    const manifest = await store.readManifest(hour.hourMs);
    return { ...hour, noEffort: manifest?.noEffort ?? [], notes: manifest?.notes ?? [] };
  });
  return read.filter(({ state, noEffort }) => state === "no audio" || isRecordingLost(noEffort));
}

/**
 * Finds the hours that lack audio which can be had now: a recording that was missing, forbidden or
 * unreadable can be opened now or is another one, or one covers an hour that none was known of.
 *
 * @param archive The recordings as they are now.
 * @param hours Hours that lack audio.
 * @returns Those that would be scored otherwise now.
 * @throws {MegapteraError} Where the recordings can't be asked for.
 */
export async function changedSince(
  archive: Archive,
  hours: readonly LostHour[],
): Promise<LostHour[]> {
  const changed: LostHour[] = [];
  for (const hour of hours) {
    const { entries } = await archive.day(dayOf(hour.hourMs));
    const isOther = hour.noEffort.some(({ reason }) =>
      reason.uri !== undefined &&
      entries.some(({ uri, version }) => uri === reason.uri && version !== reason.version)
    );
    const isCovered = hour.state === "no audio" &&
      entries.some((entry) =>
        entry.startMs < hour.hourMs + HOUR_MS && runStopMs(entry) > hour.hourMs &&
        !hour.noEffort.some(({ reason }) => reason.uri === entry.uri)
      );
    if (isOther || isCovered) changed.push(hour);
  }
  return changed;
}
