import { type ScoredHour, ScoreSet } from "../../pipeline/scores/mod.ts";
import { type BoutOptions, boutSettings, centreShift } from "../../pipeline/bouts/mod.ts";
import type { Span } from "../../core/mod.ts";
import { checkOwn, marksOf, type OwnData, sentence } from "./own_data.ts";
import { simulatedDays } from "./simulated_days.ts";

/** Scores of some days, with what a person marked in them. */
export interface OpenedScores {
  /** Their folder. */
  scores: string;
  hours: ScoredHour[];
  settings: BoutOptions;
  /** What is marked, and the time that counts; both empty where there are no annotations. */
  marks: { song: Span[]; covered: Span[] };
  /** From a second to what its window hears, in milliseconds. */
  shiftMs: number;
  /** What must be said of them. */
  notice: string;
  /** Removes what was made for them. */
  close(): Promise<void>;
}

/**
 * Opens your own scores, or eight simulated days whose truth is known.
 *
 * @param own What the first cell names.
 * @returns The scores; all hours are held, 29 kB each.
 * @throws {Error} One sentence, where what is named can't be read.
 */
export async function openScores(own: OwnData): Promise<OpenedScores> {
  try {
    checkOwn(own);
    const days = own.scores === undefined ? await simulatedDays("2016-10-20", 8, 15) : undefined;
    const scores = own.scores ?? days!.folder;
    const set = await ScoreSet.open(scores);
    // What must be said of scores is known once they are read.
    const hours = await Array.fromAsync(set.read());
    const marks = days ?? await marksOf(own) ?? { song: [], covered: [] };
    const missing = days || own.annotations !== undefined
      ? []
      : ["no annotations are named, so that precision and recall stay empty"];
    return {
      scores,
      hours,
      settings: await boutSettings(set, { threshold: own.threshold }),
      marks,
      // Simulated song is by the second that scores are named by.
      shiftMs: days ? 0 : Math.round(1000 * centreShift(set.origin.windowSeconds)),
      notice: [...set.origin.notices, ...missing].join("; "),
      close: async () => {
        if (days) await Deno.remove(days.folder, { recursive: true });
      },
    };
  } catch (error) {
    throw sentence(error);
  }
}
