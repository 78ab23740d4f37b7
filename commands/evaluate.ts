import {
  agreement,
  type AnnotationOptions,
  certainAnnotations,
  isCounted,
  lengthOfSpans,
} from "../analysis/evaluation/mod.ts";
import { MegapteraError } from "../pipeline/errors.ts";
import { TimeZone } from "../pipeline/recording/mod.ts";
import { duration } from "./duration.ts";
import { printAgreement } from "./evaluate/print_agreement.ts";
import { readCovered, readMarks } from "./evaluate/read_marks.ts";
import type { EvaluateArguments } from "./evaluate_arguments.ts";
import { print } from "./print.ts";

/**
 * `evaluate CALLS ANNOTATIONS…`: how well calls agree with what a person marked.
 *
 * @returns The exit code, 0.
 */
export async function evaluate(
  callsPath: string,
  annotationPaths: readonly string[],
  options: EvaluateArguments,
): Promise<number> {
  const { recordingStart, timezone, labelColumn, label, uncertain } = options;
  const clock: AnnotationOptions = {
    ...(recordingStart === undefined ? {} : { recordingStart }),
    ...(timezone === undefined ? {} : { timeZone: new TimeZone(timezone) }),
  };
  const marks = await readMarks(annotationPaths, {
    ...clock,
    ...(labelColumn === undefined ? {} : { labelColumn }),
  });
  const listened = await readCovered(options.coverage, clock);
  const found = await readMarks([callsPath], clock);
  const { calls, uncertain: doubtful, covered } = certainAnnotations(marks, listened, {
    ...(label === undefined ? {} : { labels: label }),
    ...(uncertain === undefined ? {} : { uncertain }),
  });
  if (lengthOfSpans(covered) === 0) {
    throw new MegapteraError(
      "data",
      `Cannot evaluate ${callsPath} as nothing of --coverage ${options.coverage} is left to count: ` +
        "all of it is marked as uncertain.",
    );
  }
  const count = (events: typeof marks): number => isCounted(events, covered).filter(Boolean).length;
  print(
    `${duration(lengthOfSpans(covered) / 1000)} of annotated time counts, of ` +
      `${duration(lengthOfSpans(listened) / 1000)}; ${doubtful.length} uncertain marks dropped.`,
  );
  print(
    `${count(calls)} calls marked (of ${calls.length} in the files), ${count(found)} found (of ` +
      `${found.length}); the others lie mostly outside of the time that counts.`,
  );
  print();
  printAgreement(agreement(calls, found, covered, { collarMs: options.collar * 1000 }));
  return 0;
}
