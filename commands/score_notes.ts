import { formatUtc, HOUR_MS } from "../core/mod.ts";
import type { BoutOptions, Calibrator } from "../pipeline/bouts/mod.ts";
import { doubledWords, type ScoreSet } from "../pipeline/scores/mod.ts";
import { type Schedule, zonelessNote } from "../pipeline/timeline/mod.ts";
import { tell } from "./print.ts";

/** Most that are named; the rest is counted. */
const NAMED = 5;

const counted = (hours: number): string => `${hours} hour${hours === 1 ? "" : "s"}`;

/**
 * Says what is odd about scores that were read.
 *
 * @param set The scores, all read.
 * @returns Sentences.
 */
export function scoreNotes(set: ScoreSet): string[] {
  const { foreign, holes, origin, name } = set;
  const notes = [...origin.notices];
  const listed = (all: readonly string[]): string =>
    all.slice(0, NAMED).join(", ") +
    (all.length > NAMED ? ` and ${all.length - NAMED} more` : "");
  if (set.doubled) notes.push(doubledWords(set.doubled, name));
  if (foreign.length > 0) {
    notes.push(`These files in ${name} are no hourly scores and were ignored: ${listed(foreign)}.`);
  }
  if (holes.length > 0) {
    const hours = holes.reduce((sum, hole) => sum + (hole.stopMs - hole.startMs) / HOUR_MS, 0);
    const spans = holes.map(({ startMs, stopMs }) =>
      `${formatUtc(startMs)} to ${formatUtc(stopMs)}`
    );
    notes.push(
      `${counted(hours)} in between have no file and count as no effort: ${listed(spans)}.`,
    );
  }
  if (origin.unknownHours > 0) {
    notes.push(
      `Scores of ${
        counted(origin.unknownHours)
      } have no manifest: they are of unknown origin, and ` +
        "the published detector's window is assumed.",
    );
  }
  if (origin.nominalHours > 0) {
    notes.push(
      `${
        counted(origin.nominalHours)
      } are on a nominal clock: their times can be wrong by up to 36 s.`,
    );
  }
  const zoneless = zonelessNote(origin.zonelessNames);
  if (zoneless !== undefined) notes.push(zoneless);
  if (origin.fingerprints.size > 1) {
    notes.push(
      `The scores have ${origin.fingerprints.size} different fingerprints: they were not all made in the same way.`,
    );
  }
  return notes;
}

/**
 * Says what schedule effort is held against.
 *
 * @param schedule The schedule.
 * @param isSaid Whether its user said it, with --schedule.
 * @returns A sentence; none for a recorder that was to record all the time.
 */
export function scheduleNotes(schedule: Schedule, isSaid: boolean): string[] {
  if (!schedule.isDutyCycled) return [];
  const found = isSaid ? "" : "; it was found from the recordings; if it is wrong, give --schedule";
  return [`The recorder's schedule: ${schedule.words}${found}.`];
}

/** Tells what is odd about scores that were read. */
export function tellNotes(set: ScoreSet): void {
  for (const note of scoreNotes(set)) tell(`note: ${note}`);
}

/** Counts seconds that are positive before scores are filtered, and says how many the filter takes. */
export class RawPositives {
  readonly #settings: Pick<BoutOptions, "threshold" | "median" | "min">;
  readonly #calibrator: Calibrator | undefined;
  #seconds = 0;

  /**
   * @param settings How scores become bouts.
   * @param calibrator Turns scores into what thresholds are compared with, where that is not the score.
   */
  constructor(
    settings: Pick<BoutOptions, "threshold" | "median" | "min">,
    calibrator: Calibrator | undefined,
  ) {
    this.#settings = settings;
    this.#calibrator = calibrator;
  }

  /** Counts an hour's scores. */
  add(scores: Float64Array): void {
    const { threshold } = this.#settings;
    const apply = this.#calibrator?.apply;
    for (const score of scores) {
      if ((apply && score >= 0 ? apply(score) : score) >= threshold) this.#seconds++;
    }
  }

  /**
   * Says what median filter and least length leave of the seconds that reach the threshold.
   *
   * @param positiveSeconds Seconds that are positive after them.
   * @returns A sentence; none where hardly anything is lost.
   */
  notes(positiveSeconds: number): string[] {
    const { threshold, median, min } = this.#settings;
    if (positiveSeconds >= this.#seconds / 2) return [];
    const shortest = Math.ceil(median / 2);
    const advice = median > 1
      ? `a median of ${median} s takes bouts that are shorter than ${shortest} s away, so try ` +
        "--median 1 if yours are"
      : `bouts shorter than ${min} s are dropped (--min)`;
    return [
      `${this.#seconds} seconds of scores reach ${threshold}, and ${positiveSeconds} are left after ` +
      `the filter: ${advice}.`,
    ];
  }
}
