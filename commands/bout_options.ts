import { type Command, InvalidArgumentError, Option } from "commander";
import { type Calibration, calibratorOf, parseCalibration } from "../analysis/evaluation/mod.ts";
import { MegapteraError } from "../core/mod.ts";
import { BOUT_DEFAULTS, type Calibrator, EDGES, type Edges } from "../pipeline/bouts/mod.ts";
import { optionWords } from "./next.ts";
import { numberFrom, wholeNumber } from "./option_values.ts";
import { addReadingOptions, type ReadingArguments } from "./reading_options.ts";
import { readText } from "./text_files.ts";

/** Options of median filter and bouts. */
export interface JoiningArguments {
  /** Nothing where nobody said it: then the detector's description or the convention decides. */
  median?: number;
  edges: Edges;
  gap?: number;
  min?: number;
}

/** Options of commands that find bouts. */
export interface BoutArguments extends ReadingArguments, JoiningArguments {
  threshold?: number;
  on?: number;
  off?: number;
  calibration?: string;
}

function oddSeconds(text: string): number {
  const value = Number(text);
  if (/^\d{1,4}$/.test(text) && value % 2 === 1) return value;
  throw new InvalidArgumentError("It must be an odd number of seconds from 1 to 9999.");
}

/** Adds `--median`, `--edges`, `--gap` and `--min`, alike in every command that makes bouts of scores. */
export function addJoiningOptions(command: Command): Command {
  const { median, gap, min } = BOUT_DEFAULTS;
  return command
    .addOption(
      new Option("--median <seconds>", "window of the median filter, odd")
        .argParser(oddSeconds).default(undefined, usual(median)),
    )
    .addOption(
      new Option("--edges <what>", "what the filter uses beyond the ends of effort")
        .choices(EDGES).default("shrink"),
    )
    .addOption(
      new Option("--gap <seconds>", "joins over gaps up to this").argParser(wholeNumber(0, 999_999))
        .default(undefined, usual(gap)),
    )
    .addOption(
      new Option("--min <seconds>", "drops shorter bouts").argParser(wholeNumber(0, 999_999))
        .default(undefined, usual(min)),
    );
}

/** Words a default that a detector's description may change. */
function usual(value: number): string {
  return `${value}, or the detector's own`;
}

/** Adds those and the options of the threshold, alike in every command that finds bouts. */
export function addBoutOptions(command: Command): Command {
  const share = numberFrom(0, 1);
  const found = addReadingOptions(command)
    .addOption(
      new Option("--threshold <score>", "positive from this filtered score on")
        .argParser(share).default(undefined, `${BOUT_DEFAULTS.threshold}, a convention`),
    )
    .addOption(
      new Option("--on <score>", "with hysteresis: seconds turn positive at this score").argParser(
        share,
      ),
    )
    .addOption(new Option("--off <score>", "and stay positive down to this score").argParser(share))
    .option(
      "--calibration <file>",
      "thresholds are probabilities, by what `evaluate --save-calibration` saved",
    );
  return addJoiningOptions(found);
}

/**
 * Reads threshold and hysteresis from the options.
 *
 * @throws {MegapteraError} `usage` where they do not go together.
 */
export function thresholdsOf(
  { threshold, on, off }: BoutArguments,
): { threshold: number; off?: number } {
  if (on === undefined && off === undefined) {
    return { threshold: threshold ?? BOUT_DEFAULTS.threshold };
  }
  const fault = (rule: string): MegapteraError =>
    new MegapteraError("usage", `Cannot use hysteresis as ${rule}.`);
  if (on === undefined || off === undefined) {
    throw fault("--on and --off belong together: give both");
  }
  if (threshold !== undefined) throw fault("--threshold is not used beside --on and --off");
  if (off > on) throw fault(`--off must be at or below --on: --on ${on}, --off ${off}`);
  return { threshold: on, off };
}

/** Spells the options that were given, for another command that finds the same bouts. */
export function passedOn(options: BoutArguments): string[] {
  const edges = options.edges === "shrink" ? undefined : options.edges;
  const access = ["endpoint", "region", "unsigned", "nominalClock", "mixed"] as const;
  const bouts = ["threshold", "on", "off", "calibration", "median", "edges", "gap", "min"] as const;
  return optionWords({ ...options, edges }, ...access, ...bouts);
}

/** The scale of thresholds: filtered scores, or probabilities by a calibration. */
interface Scale {
  /** Turns scores into probabilities; nothing where the filtered score itself is compared. */
  calibrator?: Calibrator;
  /** Says what that was learnt from; nothing likewise. */
  calibration?: string;
  /** Sentences. */
  notes: string[];
}

/**
 * Reads what thresholds are compared with: the filtered score, or its probability by `--calibration`.
 *
 * @param options The command's options.
 * @returns The scale.
 * @throws {MegapteraError} `data` where the calibration can't be read.
 */
export async function scaleOf(
  { calibration: path, threshold, on }: BoutArguments,
): Promise<Scale> {
  const convention = threshold === undefined && on === undefined ? [CONVENTION] : [];
  if (path === undefined) return { notes: convention };
  const fitted = parseCalibration(await readText(path), path);
  const calibration = sentenceOf(fitted, path);
  return {
    calibrator: calibratorOf(fitted),
    calibration,
    notes: [calibration, ...convention],
  };
}

function sentenceOf({ fittedOn, heldOut }: Calibration, path: string): string {
  const { hours, days, first, last } = fittedOn;
  return `Thresholds and the scores of bouts are probabilities by ${path}, which was fitted to ` +
    `${hours} hours of ${days} days from ${first} to ${last} (Brier score of days left out: ` +
    `${heldOut.brier.toFixed(3)}); they hold for that site and season.`;
}

/** The note wherever nobody chose a threshold. */
export const CONVENTION = `The threshold ${BOUT_DEFAULTS.threshold} is only a convention: no ` +
  "threshold is right for every site. `calls --sensitivity` shows how the answer changes with it.";
