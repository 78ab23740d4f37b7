import { type Command, InvalidArgumentError, Option } from "commander";
import { CALL_FORMATS, type CallFormat } from "../analysis/exports/call_formats.ts";
import { CELL_SIZES, type CellSize } from "../analysis/presence/cell_grid.ts";
import { CALL_DEFAULTS } from "../pipeline/calls/call_defaults.ts";
import { EDGES, type Edges } from "../pipeline/calls/edges.ts";
import { MegapteraError } from "../pipeline/errors.ts";

/** Options of whatever reads scores. */
export interface ReadingArguments {
  nominalClock?: boolean;
  mixed?: boolean;
}

/** Options of whatever finds calls. */
export interface CallArguments extends ReadingArguments {
  threshold?: number;
  on?: number;
  off?: number;
  median: number;
  edges: Edges;
  gap: number;
  min: number;
}

/** The options of `calls`, checked. */
export interface CallsArguments extends CallArguments {
  out: string;
  format?: CallFormat[];
  sensitivity?: boolean;
}

/** The options of `presence`, checked. */
export interface PresenceArguments extends CallArguments {
  by: CellSize;
  zone: string;
  minEffort: number;
  out?: string;
}

/** A number in a range, `least` to `most`. */
export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^[\d.eE+-]+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };
}

function wholeSeconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number of seconds from 0 to 999999.");
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

/** `--nominal-clock` and `--mixed`, alike in every command that reads scores. */
export function addReadingOptions(command: Command): Command {
  return command
    .option("--nominal-clock", "take scores whose seconds are nominal (recipes google and mbari)")
    .option("--mixed", "take scores together that were made in different ways");
}

/** Options of median filter, threshold and bouts, alike in every command that finds calls. */
export function addCallOptions(command: Command): Command {
  const { threshold, median, gap, min } = CALL_DEFAULTS;
  const share = numberFrom(0, 1);
  return addReadingOptions(command)
    .addOption(
      new Option("--threshold <score>", "positive from this filtered score on")
        .argParser(share).default(undefined, `${threshold}, a convention`),
    )
    .addOption(
      new Option("--on <score>", "with hysteresis: turns positive from here on").argParser(share),
    )
    .addOption(new Option("--off <score>", "and stays so down to here").argParser(share))
    .addOption(
      new Option("--median <seconds>", "window of the median filter, odd")
        .argParser(oddSeconds).default(median),
    )
    .addOption(
      new Option("--edges <what>", "what the window finds beyond the ends of effort")
        .choices(EDGES).default("shrink"),
    )
    .addOption(
      new Option("--gap <seconds>", "joins over gaps up to this").argParser(wholeSeconds)
        .default(gap),
    )
    .addOption(
      new Option("--min <seconds>", "drops shorter bouts").argParser(wholeSeconds).default(min),
    );
}

/** Adds the options of `calls`. */
export function addCallsOptions(command: Command): Command {
  return addCallOptions(command)
    .option("--out <file>", "where the calls go; several formats share its name", "calls.csv")
    .addOption(
      new Option("--format <names>", `one or more of ${CALL_FORMATS.join(", ")}`)
        .argParser(formats).default(undefined, "csv"),
    )
    .option("--sensitivity", "print how calls and presence change over thresholds, write nothing");
}

/** Adds the options of `presence`. */
export function addPresenceOptions(command: Command): Command {
  return addCallOptions(command)
    .addOption(
      new Option("--by <cell>", "length of a cell").choices(CELL_SIZES).default("hour"),
    )
    .option("--zone <name>", "IANA zone whose hours, days and months they are", "UTC")
    .addOption(
      new Option("--min-effort <share>", "share of a cell with effort for it to have a proportion")
        .argParser(numberFrom(0, 1)).default(0.5),
    )
    .option("--out <file>", "where presence goes; standard output by default");
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
