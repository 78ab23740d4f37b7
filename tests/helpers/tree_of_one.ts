import assert from "node:assert/strict";
import type { Storage } from "../../pipeline/places/mod.ts";
import { isWhole, ScoreStore } from "../../pipeline/scores/score_store.ts";

/** How several writers met in one place. Each has a gain, which tells whose an hour is. */
export interface Meeting {
  writers: number;
  /** Whether each scores with a gain of its own. */
  other: boolean;
  /** Whether they replace what lies there, which was scored with gain `OLD_GAIN`. */
  force: boolean;
}

/** Gain of the scores that lay there before `--force`. */
export const OLD_GAIN = 9;

/** How one of them ended. */
export interface MeetingEnd {
  gain: number;
  /** `refused`: what lies there was made another way. */
  how: "finished" | "refused" | "killed";
}

/** The gain of each writer. */
export function gainsOf({ writers, other }: Meeting): number[] {
  return Array.from({ length: writers }, (_, i) => other ? i + 1 : 1);
}

/** The gain that each hour was scored with; nothing for one that is not whole. */
export async function gainsThere(
  place: string | Storage,
  hours: readonly number[],
): Promise<(number | undefined)[]> {
  const store = new ScoreStore(place);
  const found = await Promise.all(hours.map((hourMs) => store.findNow(hourMs)));
  return found.map((hour) => isWhole(hour) ? hour.manifest!.gain : undefined);
}

/**
 * Holds what writers have left to what is promised: the tree of one of them, who finished.
 *
 * @param meeting How they met.
 * @param ends How each ended.
 * @param there The gain of each hour, `gainsThere`.
 */
export function assertTreeOfOne(
  { other, force }: Meeting,
  ends: readonly MeetingEnd[],
  there: readonly (number | undefined)[],
): void {
  const shown = `there is ${there.map((gain) => gain ?? "nothing whole").join(", ")}; ` +
    ends.map(({ gain, how }) => `${gain} was ${how}`).join(", ");
  assert.ok(other || ends.every(({ how }) => how !== "refused"), shown);
  const isOf = (gain: number): boolean => there.every((of) => of === gain);
  if (ends.every(({ how }) => how !== "killed")) {
    assert.ok(ends.some(({ gain, how }) => how === "finished" && isOf(gain)), shown);
  } else if (!force) {
    assert.ok(new Set(there.filter((gain) => gain !== undefined)).size <= 1, shown);
    assert.ok(ends.every(({ gain, how }) => how !== "finished" || isOf(gain)), shown);
  }
}

/**
 * Tells who is to run again: whose claim lies there.
 *
 * @param place Where the scores lie.
 * @param hours Starts of the hours.
 * @returns The gain; 1 where nothing new lies there.
 */
export async function whoGoesOn(
  place: string | Storage,
  hours: readonly number[],
): Promise<number> {
  const store = new ScoreStore(place);
  for (const hourMs of hours) {
    const gain = (await store.readManifest(hourMs))?.gain;
    if (gain !== undefined && gain !== OLD_GAIN) return gain;
  }
  return 1;
}
