import { dayOf, HOUR_MS, mapLimited } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import { isRecordingLost, type NoEffortSpan, ScoreStore } from "../../pipeline/scores/mod.ts";
import { type Archive, runStopMs } from "../../pipeline/timeline/mod.ts";
import type { PlannedHour } from "./verify_run.ts";

/** Manifests that are read at the same time. */
const READ_AT_ONCE = 16;

/** An hour that lacks audio, and why. */
export interface LostHour extends PlannedHour {
  noEffort: readonly NoEffortSpan[];
  /** What else its manifest says, such as what is wrong with a recording. */
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
