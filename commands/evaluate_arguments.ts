import { type Command, InvalidArgumentError, Option } from "commander";
import { addClockOptions } from "./arguments.ts";
import { addBoutOptions, type BoutArguments } from "./call_arguments.ts";
import type { ClockArguments } from "./clock_of.ts";
import { numberFrom, onDisk } from "./option_values.ts";
import { addReadingOptions, type ReadingArguments } from "./reading_arguments.ts";

/** The options of `evaluate`, checked. */
export interface EvaluateArguments extends ReadingArguments, BoutArguments, ClockArguments {
  coverage: string;
  labelColumn?: string;
  label?: string[];
  withoutLabel?: string[];
  uncertain?: string[];
  collar: number;
  scores?: string;
  precision?: number;
  recall?: number;
  saveCalibration?: string;
}

function shareOf1(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError("It must be a number above 0, up to 1.");
}

function list(text: string): string[] {
  return text.split(",").map((label) => label.trim());
}

/** Adds the options of `evaluate`. */
export function addEvaluateOptions(command: Command): Command {
  const compared = command
    .requiredOption(
      "--coverage <csv|start/stop>",
      "what was listened to: a CSV of spans or files, or two ISO times with / between",
    )
    .option("--recording-start <iso>", "when the one recording starts that seconds count from")
    .option(
      "--label-column <name>",
      "column of the labels; the first of the usual ones if not said",
    )
    .addOption(new Option("--label <names>", "labels of the calls, with commas").argParser(list))
    .addOption(
      new Option("--without-label <names>", "labels of what is no call, with commas")
        .argParser(list),
    )
    .addOption(
      new Option("--uncertain <names>", "labels of what may be a call, with commas")
        .argParser(list),
    )
    .addOption(
      new Option("--collar <seconds>", "how far the ends of an event may be off")
        .argParser(numberFrom(0, 3600)).default(5),
    )
    .option("--scores <place>", "scores to judge over all thresholds, and to calibrate");
  return addReadingOptions(addBoutOptions(addClockOptions(compared)))
    .addOption(
      new Option("--precision <share>", "print the threshold for this precision")
        .argParser(shareOf1),
    )
    .addOption(
      new Option("--recall <share>", "print the threshold for this recall").argParser(shareOf1),
    )
    .option("--save-calibration <file>", "fit scores to probabilities and save the fit", onDisk);
}
