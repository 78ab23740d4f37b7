import { type Command, InvalidArgumentError, Option } from "commander";

/** The options of `evaluate`, checked. */
export interface EvaluateArguments {
  coverage: string;
  recordingStart?: string;
  timezone?: string;
  labelColumn?: string;
  label?: string[];
  uncertain?: string[];
  collar: number;
  scores?: string;
  median: number;
  gap: number;
  min: number;
  precision?: number;
  recall?: number;
  saveCalibration?: string;
}

function seconds(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value <= 3600) return value;
  throw new InvalidArgumentError("It must be a number of seconds from 0 to 3600.");
}

function oddSeconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value % 2 === 1 && value <= 3599) return value;
  throw new InvalidArgumentError("It must be an odd number of seconds from 1 to 3599.");
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
  return command
    .requiredOption(
      "--coverage <csv|start/stop>",
      "what was listened to: a CSV of spans or files, or two ISO times with / between",
    )
    .option("--recording-start <iso>", "when the one recording starts that seconds count from")
    .option("--timezone <name>", "IANA zone of times and names that give none")
    .option(
      "--label-column <name>",
      "column of the labels; the first of the usual ones if not said",
    )
    .addOption(new Option("--label <names>", "labels of the calls, with commas").argParser(list))
    .addOption(
      new Option("--uncertain <names>", "labels of what may be a call, with commas")
        .argParser(list),
    )
    .addOption(
      new Option("--collar <seconds>", "how far the ends of an event may be off")
        .argParser(seconds).default(5),
    )
    .option("--scores <folder>", "scores to judge over all thresholds, and to calibrate")
    .addOption(
      new Option("--median <seconds>", "median filter of the scores").argParser(oddSeconds)
        .default(25),
    )
    .addOption(
      new Option("--gap <seconds>", "longest gap that calls are joined over").argParser(seconds)
        .default(10),
    )
    .addOption(
      new Option("--min <seconds>", "shortest call that counts").argParser(seconds).default(3),
    )
    .addOption(
      new Option("--precision <share>", "print the threshold for this precision")
        .argParser(shareOf1),
    )
    .addOption(
      new Option("--recall <share>", "print the threshold for this recall").argParser(shareOf1),
    )
    .option("--save-calibration <file>", "fit scores to probabilities and save the fit");
}
