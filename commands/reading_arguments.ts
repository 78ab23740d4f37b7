import type { Command } from "commander";

/** How a bucket of scores is asked. */
export interface AccessArguments {
  endpoint?: string;
  region?: string;
  unsigned?: boolean;
}

/** Options of whatever reads scores. */
export interface ReadingArguments extends AccessArguments {
  nominalClock?: boolean;
  mixed?: boolean;
}

/** `--endpoint`, `--region` and `--unsigned`, alike in every command that reads scores. */
export function addAccessOptions(command: Command): Command {
  return command
    .option("--endpoint <url>", "an S3 server other than Amazon's")
    .option("--region <name>", "region of the bucket of scores")
    .option("--unsigned", "do not sign requests: a public bucket");
}

/** Those and `--nominal-clock` and `--mixed`. */
export function addReadingOptions(command: Command): Command {
  return addAccessOptions(command)
    .option("--nominal-clock", "take scores whose seconds are nominal (recipes google and mbari)")
    .option("--mixed", "take scores together that were made in different ways");
}
