import { type Command, InvalidArgumentError, Option } from "commander";
import { isoTime } from "../core/mod.ts";
import { type Recipe, RECIPES } from "../pipeline/detector/mod.ts";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";
import type { ClockArguments } from "./clock_of.ts";
import type { DetectorArguments } from "./load.ts";
import { numberFrom, onDisk, scheduleOption, wholeNumber } from "./option_values.ts";
import { addAccessOptions } from "./reading_arguments.ts";

/** The options of `score`, checked. */
export interface ScoreArguments extends Omit<DetectorArguments, "threads">, ClockArguments {
  threads?: number;
  out: string;
  schedule?: SaidSchedule;
  recipe: Recipe["name"];
  gain: number;
  channel: number;
  hours?: { from: number; to: number };
  force?: boolean;
  /** First day of a range, and the hour after its last; epoch milliseconds. */
  date?: number;
  stop?: number;
  source?: string;
  site?: string;
  sites?: string;
  workers?: number;
  dryRun?: boolean;
  log: "lines" | "json";
  endpoint?: string;
  region?: string;
  unsigned?: boolean;
  requesterPays?: boolean;
  outRegion?: string;
}

/** Hours of the day, `A-B` without B, or one hour. */
function hours(text: string): { from: number; to: number } {
  const parts = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
  const from = Number(parts?.[1] ?? NaN);
  const to = parts?.[2] === undefined ? from + 1 : Number(parts[2]);
  if (from >= 0 && from < to && to <= 24) return { from, to };
  throw new InvalidArgumentError("It must be like 6-18 (from 06:00 up to 18:00 UTC) or 6.");
}

/** The top of an hour, such as 2021-01-01 or 2021-01-01T05:00:00Z. */
export function hourStart(text: string): number {
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::00(?::00)?)?Z?)?$/.exec(text) ?? [];
  const time = day === undefined ? undefined : isoTime(`${day}T${hour ?? "00"}:00:00`);
  if (time !== undefined) return time.wallMs;
  throw new InvalidArgumentError(
    "It must be the top of an hour on a day that exists, like 2021-01-01 or 2021-01-01T05Z.",
  );
}

/** A day, such as 2021-01-01. */
function day(text: string): number {
  const time = text.length === 10 ? isoTime(`${text}T00:00:00`) : undefined;
  if (time !== undefined) return time.wallMs;
  throw new InvalidArgumentError("It must be a day that exists, like 2021-01-01.");
}

/** Adds the options of `simulate`. */
export function addSimulateOptions(command: Command): Command {
  return command
    .option("--site <name>", "where the hydrophone would stand", "mars")
    .option("--sites <file>", "your own sites, as JSON")
    .addOption(
      new Option("--start <day>", "first day (UTC)").argParser(day).makeOptionMandatory(),
    )
    .addOption(
      new Option("--stop <day>", "the day after the last").argParser(day)
        .makeOptionMandatory(),
    )
    .requiredOption("--out <folder>", "where the score files go", onDisk)
    .addOption(
      new Option("--seed <n>", "what the random numbers start from")
        .argParser(wholeNumber(0, 4_294_967_295)).default(15),
    );
}

/** Adds the options of `verify`. */
export function addVerifyOptions(command: Command): Command {
  return addAccessOptions(command)
    .addOption(new Option("--start <iso>", "first hour (UTC)").argParser(hourStart))
    .addOption(new Option("--stop <iso>", "the hour after the last (UTC)").argParser(hourStart))
    .addOption(scheduleOption())
    .option("--deep", "read and hash all scores, not only those older than their manifest");
}

/** `--model` and `--engine`, alike in every command that runs a detector. */
function addModelOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--model <name>", "demo, google, a SavedModel's folder or .tar.gz, or FILE.onnx")
        .default("google"),
    )
    .addOption(
      new Option("--engine <name>", "what runs the network: native onnx, portable tfjs")
        .choices(["auto", "onnx", "tfjs"]).default("auto"),
    );
}

function threadsOption(): Option {
  return new Option("--threads <n>", "threads that the network runs on, a worker")
    .argParser(wholeNumber(1, 1024));
}

/** Options of commands that run a detector once. */
export function addDetectorOptions(command: Command): Command {
  return addModelOptions(command)
    .addOption(threadsOption().default(navigator.hardwareConcurrency, "all cores"));
}

/** `--timezone` and `--name-format`, alike in every command that reads recordings' names. */
export function addClockOptions(command: Command): Command {
  return command
    .option(
      "--timezone <name>",
      "zone of names that give none: of IANA, as America/Los_Angeles, or fixed, as -08:00",
    )
    .option("--name-format <format>", "how names tell their start, as %y%m%d_%H%M%S");
}

/** `--channel`, alike in every command that reads recordings. */
function channelOption(): Option {
  return new Option("--channel <n>", "channel of the recordings, counted from 0")
    .argParser(wholeNumber(0, 65_535)).default(0);
}

/** Adds the options of `inspect`. */
export function addInspectOptions(command: Command): Command {
  return addClockOptions(command).addOption(scheduleOption()).addOption(channelOption());
}

/** How and which hours are scored, alike in every command that scores. */
export function addRecipeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--recipe <name>", "how the detector is run over the audio")
        .choices(Object.keys(RECIPES)).default("exact"),
    )
    .addOption(
      // Down to counts of 32 bits, and up to 120 dB.
      new Option("--gain <factor>", "what the audio is multiplied by")
        .argParser(numberFrom(1e-10, 1e6)).default(1),
    )
    .addOption(channelOption())
    .addOption(
      new Option("--hours <a-b>", "hours of the day (UTC), from A up to B").argParser(hours),
    );
}

/** Adds the options of `score`. */
export function addScoreOptions(command: Command): Command {
  const read = addModelOptions(command)
    .addOption(threadsOption())
    .addOption(
      new Option("--workers <n>", "hours scored at a time; one a core, or what there are")
        .argParser(wholeNumber(1, 256)),
    )
    .option("--out <folder>", "where the score files go: a folder, or s3://bucket/prefix", "scores")
    .option("--recording-start <iso>", "when the file starts, instead of what its name says")
    .addOption(scheduleOption());
  const scored = addRecipeOptions(addClockOptions(read))
    .option("--force", "score again what is done, and replace scores made another way");
  return addRangeOptions(scored)
    .option("--dry-run", "say what would be scored, from what, and how long it should take")
    .addOption(
      new Option("--log <form>", "a line an hour for people, or JSON lines for machines")
        .choices(["lines", "json"]).default("lines"),
    );
}

/** Options that say which days of which archive, and how it is asked. */
function addRangeOptions(command: Command): Command {
  const ranged = command
    .addOption(new Option("--date <day>", "first day of a range (UTC)").argParser(day))
    .addOption(
      new Option("--stop <iso>", "the hour after the last (UTC); the next day by default")
        .argParser(hourStart),
    );
  return addArchiveOptions(ranged)
    .option("--endpoint <url>", "an S3 server other than Amazon's")
    .option("--out-region <name>", "region of the output's bucket");
}

/** Options that say which archive, and how it is asked. */
export function addArchiveOptions(command: Command): Command {
  return command
    .option("--site <name>", "whose recordings: mars, sanctsound-mb01, or one of --sites")
    .option("--sites <file>", "sites of your own, as JSON (docs/archives.md)")
    .option("--source <place>", "recordings by a template with {YYYYMMDD}, a prefix or a folder")
    .option("--region <name>", "region of the source's bucket")
    .option("--unsigned", "do not sign requests to the source: a public bucket")
    .option("--requester-pays", "agree to pay for reading the source");
}
