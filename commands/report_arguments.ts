import { type Command, InvalidArgumentError, Option } from "commander";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";
import { addCallOptions, type CallArguments } from "./call_arguments.ts";
import { onDisk, scheduleOption } from "./option_values.ts";

/** The options of `report`, checked. */
export interface ReportArguments extends CallArguments {
  /** Nothing where none was named. */
  site?: string;
  sites?: string;
  schedule?: SaidSchedule;
  out: string;
  audio?: string;
  clips: number;
  seed: number;
}

function whole(most: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,10}$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}.`);
  };
}

/** Adds the options of `report`. */
export function addReportOptions(command: Command): Command {
  return addCallOptions(command)
    .option("--site <name>", "where the hydrophone stands: mars, sanctsound-mb01, or of --sites")
    .option("--sites <file>", "your own sites, as JSON")
    .addOption(scheduleOption())
    .option("--out <file>", "where the page goes", onDisk, "report.html")
    .option("--audio <folder>", "where the recordings are, for clips; else below the scores")
    .addOption(
      new Option("--clips <n>", "how many of the best calls, and of random ones")
        .argParser(whole(100)).default(9),
    )
    .addOption(
      new Option("--seed <n>", "what the random sample is drawn from")
        .argParser(whole(4_294_967_295)).default(1),
    );
}
