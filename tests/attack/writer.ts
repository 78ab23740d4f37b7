// A process that scores again and again, as the command line would in a process each: a line of
// arguments in, a line with the exit code out.
import { createInterface } from "node:readline";
import process from "node:process";
import type { ScoreArguments } from "../../commands/score/what_to_score.ts";
import { exitCodeOf, sentenceOf } from "../../commands/faults.ts";
import { score } from "../../commands/score.ts";

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

/** What the line begins with that says how it ended; all else is the command's own. */
export const MARK = "writer ended: ";

async function work({ files, options }: WriterJob): Promise<WriterEnd> {
  const environment = { modelsFolder: "", signal: new AbortController().signal };
  try {
    return { code: await score(files, options, environment), sentence: "" };
  } catch (error) {
    return { code: exitCodeOf(error), sentence: sentenceOf(error, true) };
  }
}

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin })) {
    const end = await work(JSON.parse(line));
    process.stdout.write(`${MARK}${JSON.stringify(end)}\n`);
  }
}
