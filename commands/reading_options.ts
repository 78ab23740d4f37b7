import type { Command } from "commander";
import { RemoteAccess } from "../pipeline/places/mod.ts";
import type { ReadScoresOptions } from "../pipeline/scores/mod.ts";

/** Options that say how a bucket of scores is asked. */
export interface AccessArguments {
  endpoint?: string;
  region?: string;
  unsigned?: boolean;
}

/** Options of commands that read scores. */
export interface ReadingArguments extends AccessArguments {
  nominalClock?: boolean;
  mixed?: boolean;
}

/** Adds `--endpoint`, `--region` and `--unsigned`, alike in every command that reads scores. */
export function addAccessOptions(command: Command): Command {
  return command
    .option("--endpoint <url>", "an S3 server other than Amazon's")
    .option("--region <name>", "region of the bucket of scores")
    .option("--unsigned", "do not sign requests: a public bucket");
}

/** Adds those and `--nominal-clock` and `--mixed`. */
export function addReadingOptions(command: Command): Command {
  return addAccessOptions(command)
    .option("--nominal-clock", "take scores on a nominal clock (recipes google and mbari)")
    .option("--mixed", "take scores with different fingerprints together");
}

/** Opens access to S3 by the options; close it when done. */
export function accessOf(
  { endpoint, region, unsigned }: AccessArguments,
  signal: AbortSignal,
): RemoteAccess {
  return new RemoteAccess({ endpoint, region, unsigned, signal });
}

/** Puts together how scores are read, by the options. */
export function readingOf(
  { nominalClock, mixed }: ReadingArguments,
  access: RemoteAccess,
): ReadScoresOptions {
  return { nominalClock, mixed, access, signal: access.signal };
}
