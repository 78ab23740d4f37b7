import { type Command, InvalidArgumentError, Option } from "commander";
import { MegapteraError, TimeZone } from "../core/mod.ts";
import { type Recipe, RECIPES } from "../pipeline/detector/mod.ts";
import { NameFormat, type RecordingStartOptions } from "../pipeline/timeline/mod.ts";
import { numberFrom, wholeNumber } from "./option_values.ts";

/** Options that say how names of recordings are turned into times. */
export interface ClockArguments {
  recordingStart?: string;
  timezone?: string;
  nameFormat?: string;
}

/**
 * Reads the options that say how names are turned into times.
 *
 * @param options The command's options.
 * @returns How names are read.
 * @throws {MegapteraError} `usage` where one is wrong, or would not be used.
 */
export function clockOf(
  { recordingStart, timezone, nameFormat }: ClockArguments,
): RecordingStartOptions {
  if (recordingStart !== undefined && nameFormat !== undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot use --name-format and --recording-start at once, as the start that is given is taken " +
        "instead of what a name says: leave one out.",
    );
  }
  return {
    ...(recordingStart === undefined ? {} : { recordingStart }),
    ...(timezone === undefined ? {} : { timeZone: new TimeZone(timezone) }),
    ...(nameFormat === undefined ? {} : { nameFormat: new NameFormat(nameFormat) }),
  };
}

/** Adds `--timezone` and `--name-format`, alike in every command that reads recordings' names. */
export function addClockOptions(command: Command): Command {
  return command
    .option(
      "--timezone <name>",
      "zone of names that give none: of IANA, as America/Los_Angeles, or fixed, as -08:00",
    )
    .option("--name-format <format>", "how names tell their start, as %y%m%d_%H%M%S");
}

/** Makes `--channel`, alike in every command that reads recordings. */
export function channelOption(): Option {
  return new Option("--channel <n>", "channel of the recordings, counted from 0")
    .argParser(wholeNumber(0, 65_535)).default(0);
}

/** Options that say how and which hours are scored. */
export interface RecipeArguments {
  recipe: Recipe["name"];
  gain: number;
  channel: number;
  /** Hours of the day. */
  hours?: { from: number; to: number };
}

/** Parses hours of the day: `A-B` without B, or one hour. */
function hours(text: string): { from: number; to: number } {
  const parts = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
  const from = Number(parts?.[1] ?? NaN);
  const to = parts?.[2] === undefined ? from + 1 : Number(parts[2]);
  if (from >= 0 && from < to && to <= 24) return { from, to };
  throw new InvalidArgumentError("It must be like 6-18 (from 06:00 up to 18:00 UTC) or 6.");
}

/** Adds the options of recipe and hours, alike in every command that scores. */
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

/** Options that say which archive, and how it is asked. */
export interface ArchiveArguments {
  site?: string;
  sites?: string;
  source?: string;
  region?: string;
  unsigned?: boolean;
  requesterPays?: boolean;
}

/** Adds the options that say which archive, and how it is asked. */
export function addArchiveOptions(command: Command): Command {
  return command
    .option("--site <name>", "whose recordings: mars, sanctsound-mb01, or one of --sites")
    .option("--sites <file>", "sites of your own, as JSON (docs/archives.md)")
    .option("--source <place>", "recordings by a template with {YYYYMMDD}, a prefix or a folder")
    .option("--region <name>", "region of the source's bucket")
    .option("--unsigned", "do not sign requests to the source: a public bucket")
    .option("--requester-pays", "agree to pay for reading the source");
}
