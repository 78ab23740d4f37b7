import { exportScores } from "../analysis/exports/mod.ts";
import { ScoreSet } from "../pipeline/scores/mod.ts";
import { print } from "./print.ts";
import { ReadingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading.ts";
import type { ReadingArguments } from "./reading_arguments.ts";
import { tellNotes } from "./score_notes.ts";

/** The options of `scores export`, checked. */
export interface ExportArguments extends ReadingArguments {
  out: string;
}

/**
 * `scores export SCORES`: all scores as one Parquet file.
 *
 * @returns The exit code, 0.
 */
export async function exportAll(
  folder: string,
  options: ExportArguments,
  signal: AbortSignal,
): Promise<number> {
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, readingOf(options, access));
  const progress = new ReadingProgress(set.hours);
  try {
    const rows = await exportScores(set, options.out, () => progress.onHour());
    progress.stop();
    tellNotes(set);
    print(`${rows} seconds of ${set.hours} hour files: ${options.out}`);
  } finally {
    progress.stop();
  }
  return 0;
}
