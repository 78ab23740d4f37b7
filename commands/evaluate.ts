import { type Command, InvalidArgumentError, Option } from "commander";
import {
  agreement,
  type Annotation,
  type AnnotationOptions,
  certainAnnotations,
  effortCover,
  isCounted,
} from "../analysis/evaluation/mod.ts";
import { intersectSpans, lengthOfSpans, MegapteraError, type Span } from "../core/mod.ts";
import { boutSettings } from "../pipeline/bouts/mod.ts";
import { ScoreSet } from "../pipeline/scores/mod.ts";
import { Schedule, zonelessNote } from "../pipeline/timeline/mod.ts";
import { addJoiningOptions, type JoiningArguments } from "./bout_options.ts";
import type { Environment } from "./environment.ts";
import {
  evaluateScores,
  type JudgingArguments,
  type LoadedScores,
  printAgreement,
} from "./evaluate/evaluate_scores.ts";
import {
  checkStarts,
  loadScores,
  readCovered,
  readMarks,
  shiftOf,
} from "./evaluate/load_scores.ts";
import { optionWords, tellNext } from "./next.ts";
import { numberFrom, onDisk } from "./option_values.ts";
import { print, tell } from "./print.ts";
import {
  accessOf,
  addReadingOptions,
  type ReadingArguments,
  readingOf,
} from "./reading_options.ts";
import { addClockOptions, type ClockArguments, clockOf } from "./recording_options.ts";
import { tellNotes } from "./score_notes.ts";
import { duration } from "./words.ts";

/** The options of `evaluate`, checked. */
interface EvaluateArguments
  extends ReadingArguments, JoiningArguments, ClockArguments, JudgingArguments {
  coverage: string;
  labelColumn?: string;
  label?: string[];
  withoutLabel?: string[];
  uncertain?: string[];
  scores?: string;
}

function shareOf1(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("It must be a number above 0, up to 1.");
}

function list(text: string): string[] {
  return text.split(",").map((label) => label.trim());
}

/** Adds `evaluate`. */
export function addEvaluate(program: Command, environment: Environment): void {
  const compared = program.command("evaluate")
    .requiredOption(
      "--coverage <csv|start/stop>",
      "what was listened to: a CSV of spans or files, or two days or times with / between",
    )
    .option("--recording-start <iso>", "start of the recording, if marks are in seconds from it")
    .option(
      "--label-column <name>",
      "column of the labels; the first of the usual ones if not said",
    )
    .addOption(
      new Option("--label <names>", "labels of marks that count, with commas").argParser(list),
    )
    .addOption(
      new Option("--without-label <names>", "labels of marks to leave out, with commas")
        .argParser(list),
    )
    .addOption(
      new Option("--uncertain <names>", "labels of doubtful marks, with commas")
        .argParser(list),
    )
    .addOption(
      new Option("--collar <seconds>", "how much the ends of a bout may differ")
        .argParser(numberFrom(0, 3600)).default(5),
    )
    .option("--scores <place>", "scores to judge over all thresholds, and to calibrate");
  addReadingOptions(addJoiningOptions(addClockOptions(compared)))
    .addOption(
      new Option("--precision <share>", "print the threshold for this precision")
        .argParser(shareOf1),
    )
    .addOption(
      new Option("--recall <share>", "print the threshold for this recall").argParser(shareOf1),
    )
    .option("--save-calibration <file>", "fit scores to probabilities and save the fit", onDisk)
    .description("compare bouts with what a person marked")
    .argument("<bouts>", "bouts that `calls` wrote, or a Raven table or Audacity labels")
    .argument("<annotations...>", "Raven tables, Audacity labels or CSV")
    .action((bouts: string, annotations: string[], options: EvaluateArguments) =>
      evaluate(bouts, annotations, options, environment)
    );
}

/** Prints how well bouts agree with what a person marked. */
async function evaluate(
  boutsPath: string,
  annotationPaths: readonly string[],
  options: EvaluateArguments,
  environment: Environment,
): Promise<void> {
  checkOptions(options);
  const { labelColumn, label, uncertain, withoutLabel } = options;
  const zonelessNames = new Set<string>();
  const clock: AnnotationOptions = { ...clockOf(options), zonelessNames };
  const read = await readMarks(annotationPaths, {
    ...clock,
    ...(labelColumn === undefined ? {} : { labelColumn }),
  });
  const marks = read.filter(({ isWholeFile }) => !isWholeFile);
  const listened = await readCovered(options.coverage, clock);
  const detections = await readMarks([boutsPath], clock);
  const zoneless = zonelessNote(zonelessNames.size);
  if (zoneless !== undefined) tell(`note: ${zoneless}`);
  const { counted, uncertain: doubtful, covered: certain } = certainAnnotations(marks, listened, {
    ...(label === undefined ? {} : { labels: label }),
    ...(uncertain === undefined ? {} : { uncertain }),
    ...(withoutLabel === undefined ? {} : { without: withoutLabel }),
  });
  const checkLeft = (covered: readonly Span[], what: string): void => {
    if (lengthOfSpans(covered) > 0) return;
    throw new MegapteraError(
      "data",
      `Cannot evaluate ${boutsPath} as nothing of --coverage ${options.coverage} is left to count: ` +
        `all of it ${what}.`,
    );
  };
  checkLeft(certain, "is marked as uncertain");
  // Other programs' detections may be of many species; ours have labels of their own, or none.
  const wanted = label?.map((name) => name.toLowerCase());
  const isWanted = (mark: Annotation): boolean => wanted!.includes(mark.label.toLowerCase());
  const left = withoutLabel?.map((name) => name.toLowerCase()) ?? [];
  const detected = detections.filter(({ label }) => !left.includes(label.toLowerCase()));
  const found = wanted && detected.some(isWanted) ? detected.filter(isWanted) : detected;
  using access = accessOf(options, environment.signal);
  const loaded = options.scores === undefined ? undefined : await load(options.scores);
  const covered = loaded
    ? intersectSpans(certain, effortCover(loaded.runs, loaded.shiftMs))
    : certain;
  checkLeft(covered, "is marked as uncertain or has no score");
  const count = (events: typeof marks): number => isCounted(events, covered).filter(Boolean).length;
  print(
    `${duration(lengthOfSpans(covered) / 1000)} of annotated time counts, of ` +
      `${duration(lengthOfSpans(listened) / 1000)}; ${doubtful.length} uncertain marks dropped.`,
  );
  if (loaded) {
    const unscored = lengthOfSpans(certain) - lengthOfSpans(covered);
    print(`${duration(unscored / 1000)} of annotated time has no score and does not count.`);
  }
  if (read.length > marks.length) {
    print(
      `${
        read.length - marks.length
      } rows label whole recordings, beside others that mark the bouts ` +
        "in them: they are left out.",
    );
  }
  print(
    label !== undefined && counted.length === 0
      ? `No mark has the label ${label.join(", ")}; labels there: ${listLabels(marks)}.`
      : `Marks that count as bouts: ${listLabels(counted)}` +
        `${label === undefined ? "; --label says which, if not all" : ""}.`,
  );
  const others = detections.length - found.length;
  print(
    `Detections that count: ${listLabels(found)}` +
      `${others === 0 ? "" : `; ${others} with other labels are left out`}.`,
  );
  print(
    `${count(counted)} bouts marked (of ${counted.length} in the files), ${
      count(found)
    } found (of ` +
      `${found.length}); the others lie mostly outside of the time that counts.`,
  );
  print();
  const schedule = new Schedule(covered);
  if (schedule.isDutyCycled) {
    print(
      `What counts follows a schedule: ${schedule.words}. An hour or a day counts from half of what ` +
        "it gives on.",
    );
  }
  printAgreement(agreement(counted, found, covered, { collarMs: options.collar * 1000, schedule }));
  if (loaded) {
    await evaluateScores(loaded, counted, covered, options);
    const { saveCalibration: calibration } = options;
    const passed = ["calibration", "endpoint", "region", "unsigned"] as const;
    const words = optionWords({ ...options, calibration }, ...passed);
    tellNext(environment, "report", options.scores, ...words);
  }

  async function load(place: string): Promise<LoadedScores> {
    const set = await ScoreSet.open(place, readingOf(options, access));
    const { median, edges, gap, min } = options;
    const settings = await boutSettings(set, { median, edges, gap, min });
    const near = await loadScores(set, certain, settings);
    checkStarts([...marks, ...detections], near);
    tellNotes(set);
    return { set, runs: near.runs, settings, shiftMs: shiftOf(set) };
  }
}

/** Lists labels and how many marks have each, the commonest first; the rest is only counted. */
function listLabels(marks: readonly Annotation[]): string {
  const counts = new Map<string, number>();
  for (const { label } of marks) counts.set(label, (counts.get(label) ?? 0) + 1);
  const named = [...counts].sort(([, one], [, other]) => other - one).map(([label, count]) =>
    `${count} ${
      label === "" ? "without a label" : label.length > 40 ? `${label.slice(0, 39)}…` : label
    }`
  );
  const shown = named.slice(0, 8).join(", ") || "none";
  return named.length > 8 ? `${shown} and ${named.length - 8} other labels` : shown;
}

function checkOptions(options: EvaluateArguments): void {
  const needy = (["precision", "recall", "saveCalibration"] as const)
    .find((name) => options[name] !== undefined);
  if (needy === undefined || options.scores !== undefined) return;
  const option = needy.replace("C", "-c");
  throw new MegapteraError(
    "usage",
    `Cannot use --${option} without --scores: it needs the scores that the bouts came from.`,
  );
}
