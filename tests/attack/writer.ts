// A process that scores again and again: see process_pool.ts.
import { chooseSource, type ScoreArguments } from "../../commands/score/what_to_score.ts";
import { exitCodeOf, sentenceOf } from "../../commands/faults.ts";
import { scoreHere } from "../../commands/score.ts";
import { serveJobs } from "./process_pool.ts";

/** What a writer is asked to do. */
export interface WriterJob {
  files: string[];
  options: ScoreArguments;
}

/** How it ended. */
export interface WriterEnd {
  code: number;
  /** What was said of a fault. */
  sentence: string;
}

/** Scores in this thread, as `score` does behind its fence, which would take three times as long. */
async function work({ files, options }: WriterJob): Promise<WriterEnd> {
  const environment = { modelsFolder: "", signal: new AbortController().signal };
  try {
    const source = await chooseSource(files, options);
    return { code: await scoreHere({ files, options, source }, environment), sentence: "" };
  } catch (error) {
    return { code: exitCodeOf(error), sentence: sentenceOf(error, true) };
  }
}

if (import.meta.main) await serveJobs(work);
