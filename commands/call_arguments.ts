import { type Command, InvalidArgumentError, Option } from "commander";
import { CALL_FORMATS, type CallFormat } from "../analysis/exports/mod.ts";
import { MegapteraError } from "../core/mod.ts";
import { CALL_DEFAULTS, EDGES, type Edges } from "../pipeline/calls/mod.ts";
import { numberFrom, onDisk, wholeNumber } from "./option_values.ts";
import { addReadingOptions, type ReadingArguments } from "./reading_arguments.ts";

/** Options of median filter and bouts. */
export interface BoutArguments {
  /** Nothing where nobody said it: then the detector's description or the convention decides. */
  median?: number;
  edges: Edges;
  gap?: number;
  min?: number;
}

/** Options of whatever finds calls. */
export interface CallArguments extends ReadingArguments, BoutArguments {
  threshold?: number;
  on?: number;
  off?: number;
  calibration?: string;
}

/** The options of `calls`, checked. */
export interface CallsArguments extends CallArguments {
  out: string;
  format?: CallFormat[];
  sensitivity?: boolean;
}

function oddSeconds(text: string): number {
  const value = Number(text);
  if (/^\d{1,4}$/.test(text) && value % 2 === 1) return value;
  throw new InvalidArgumentError("It must be an odd number of seconds from 1 to 9999.");
}

function formats(text: string, before: CallFormat[] | undefined): CallFormat[] {
  const named = text.split(",").map((name) => name.trim());
  const unknown = named.find((name) => !CALL_FORMATS.some((format) => format === name));
  if (unknown === undefined) return [...new Set([...before ?? [], ...named as CallFormat[]])];
  throw new InvalidArgumentError(`It must be one or more of ${CALL_FORMATS.join(", ")}.`);
}

/** `--median`, `--edges`, `--gap` and `--min`, alike in every command that makes calls of scores. */
export function addBoutOptions(command: Command): Command {
  const { median, gap, min } = CALL_DEFAULTS;
  return command
    .addOption(
      new Option("--median <seconds>", "window of the median filter, odd")
        .argParser(oddSeconds).default(undefined, usual(median)),
    )
    .addOption(
      new Option("--edges <what>", "what the window finds beyond the ends of effort")
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

/** A default that a detector's description may change. */
function usual(value: number): string {
  return `${value}, or the detector's own`;
}

/** Those and what a threshold is, alike in every command that finds calls. */
export function addCallOptions(command: Command): Command {
  const share = numberFrom(0, 1);
  const found = addReadingOptions(command)
    .addOption(
      new Option("--threshold <score>", "positive from this filtered score on")
        .argParser(share).default(undefined, `${CALL_DEFAULTS.threshold}, a convention`),
    )
    .addOption(
      new Option("--on <score>", "with hysteresis: turns positive from here on").argParser(share),
    )
    .addOption(new Option("--off <score>", "and stays so down to here").argParser(share))
    .option(
      "--calibration <file>",
      "thresholds are probabilities, by what `evaluate --save-calibration` saved",
    );
  return addBoutOptions(found);
}

/** Adds the options of `calls`. */
export function addCallsOptions(command: Command): Command {
  return addCallOptions(command)
    .option(
      "--out <file>",
      "where the calls go; several formats share its name",
      onDisk,
      "calls.csv",
    )
    .addOption(
      new Option("--format <names>", `one or more of ${CALL_FORMATS.join(", ")}`)
        .argParser(formats).default(undefined, "csv"),
    )
    .option("--sensitivity", "print how calls and presence change over thresholds, write nothing");
}

/** Threshold and hysteresis of the options. */
export function thresholdsOf(
  { threshold, on, off }: CallArguments,
): { threshold: number; off?: number } {
  if (on === undefined && off === undefined) {
    return { threshold: threshold ?? CALL_DEFAULTS.threshold };
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
