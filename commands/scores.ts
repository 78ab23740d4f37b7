import type { Command } from "commander";
import { exportScores } from "../analysis/exports/mod.ts";
import { ScoreSet } from "../pipeline/scores/mod.ts";
import type { Environment } from "./environment.ts";
import { onDisk } from "./option_values.ts";
import { print } from "./print.ts";
import { readingProgress } from "./progress.ts";
import {
  accessOf,
  addReadingOptions,
  type ReadingArguments,
  readingOf,
} from "./reading_options.ts";
import { tellNotes } from "./score_notes.ts";

/** The options of `scores export`, checked. */
interface ExportArguments extends ReadingArguments {
  out: string;
}

/** Adds `scores export`. */
export function addScores(program: Command, { signal }: Environment): void {
  const scores = program.command("scores").description("scores for other programs");
  addReadingOptions(scores.command("export"))
    .description("write all scores into one Parquet file, for R and Python")
    .argument("<scores>", "folder or s3://bucket/prefix of hourly score files")
    .option("--out <file>", "where they go", onDisk, "scores.parquet")
    .action((folder: string, options: ExportArguments) => exportAll(folder, options, signal));
}

/** Writes all scores into one Parquet file. */
async function exportAll(
  folder: string,
  options: ExportArguments,
  signal: AbortSignal,
): Promise<void> {
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, readingOf(options, access));
  const progress = readingProgress(set.hours);
  try {
    const rows = await exportScores(set, options.out, () => progress.onHour());
    progress.stop();
    tellNotes(set);
    print(`${rows} seconds of ${set.hours} hour files: ${options.out}`);
  } finally {
    progress.stop();
  }
}
