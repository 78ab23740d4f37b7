import { type Command, Option } from "commander";
import { EXIT_CODES, formatUtc, HOUR_MS, MegapteraError } from "../core/mod.ts";
import {
  type DoubledRecordings,
  doubledWords,
  type HourVerdict,
  lostRecordings,
  verifyScores,
} from "../pipeline/scores/mod.ts";
import { type SaidSchedule, Schedule, type TimeSpan } from "../pipeline/timeline/mod.ts";
import type { Environment } from "./environment.ts";
import { optionWords, tellNext } from "./next.ts";
import { hourStart, scheduleOption } from "./option_values.ts";
import { print } from "./print.ts";
import { type AccessArguments, accessOf, addAccessOptions } from "./reading_options.ts";
import { duration, LostList } from "./words.ts";

/** The options of `verify`, checked. */
interface VerifyArguments extends AccessArguments {
  schedule?: SaidSchedule;
  start?: number;
  stop?: number;
  deep?: boolean;
}

/** Adds `verify`. */
export function addVerify(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  addAccessOptions(program.command("verify"))
    .addOption(new Option("--start <iso>", "first hour (UTC)").argParser(hourStart))
    .addOption(new Option("--stop <iso>", "the hour after the last (UTC)").argParser(hourStart))
    .addOption(scheduleOption())
    .option("--deep", "read and hash all scores, not only those older than their manifest")
    .description("check that every hour of a range is there, or missing with a reason")
    .argument("<scores>", "folder or s3://bucket/prefix that `score` wrote to")
    .action(async (folder: string, options: VerifyArguments) =>
      finish(await verify(folder, options, environment))
    );
}

/**
 * Checks that every hour of a range is there.
 *
 * @returns The exit code: 0; 3 where hours are missing or without audio, or recordings could not be
 * had; 65 where one is damaged, or recordings lie there under two starts.
 */
async function verify(
  folder: string,
  options: VerifyArguments,
  environment: Environment,
): Promise<number> {
  const { signal } = environment;
  const { start, stop, deep } = options;
  if (start !== undefined && stop !== undefined && stop <= start) {
    throw new MegapteraError(
      "usage",
      `Cannot verify a range that stops before it starts: --start ${formatUtc(start)}, --stop ` +
        `${formatUtc(stop)}.`,
    );
  }
  const counts: Record<HourVerdict["state"], number> = {
    whole: 0,
    "no audio": 0,
    missing: 0,
    damaged: 0,
    "unknown origin": 0,
  };
  const fingerprints = new Set<string>();
  const recorded: TimeSpan[] = [];
  /** Hours without audio: a schedule may have planned them. */
  const silent: HourVerdict[] = [];
  const lost = new LostList();
  let effort = 0;
  using access = accessOf(options, signal);
  const doubled: string[] = [];
  const onDoubled = (found: DoubledRecordings): void => {
    doubled.push(doubledWords(found, folder));
  };
  const range = { startMs: start, stopMs: stop, deep, access, signal, onDoubled };
  for await (const verdict of verifyScores(folder, range)) {
    counts[verdict.state]++;
    effort += verdict.effortSeconds;
    recorded.push(...verdict.recorded);
    if (verdict.fingerprint) fingerprints.add(verdict.fingerprint);
    lost.add(lostRecordings(verdict.noEffort ?? []));
    if (verdict.state === "no audio") silent.push(verdict);
    else if (verdict.state !== "whole") say(verdict);
  }
  const schedule = new Schedule(recorded, { said: options.schedule });
  const unplanned = silent.filter(({ hourMs }) =>
    schedule.effortSeconds(hourMs, hourMs + HOUR_MS) > 0
  );
  for (const verdict of unplanned) say(verdict);
  const hours = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (hours === 0) {
    throw new MegapteraError(
      "data",
      `Cannot verify ${folder} as it holds no hourly score files (YYYYMMDD_HH.csv): name the ` +
        "folder that `score` wrote to.",
    );
  }
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  print(`${hours} hours: ${parts.join(", ")}; effort ${duration(effort)}.`);
  lost.print();
  if (fingerprints.size > 1) {
    print(`They are of ${fingerprints.size} fingerprints: they were not all made the same way.`);
  }
  if (schedule.isDutyCycled) print(`The recorder's schedule: ${schedule.words}.`);
  if (silent.length > unplanned.length) {
    print(`${silent.length - unplanned.length} hours without audio are planned pauses.`);
  }
  for (const sentence of doubled) print(sentence);
  if (counts.damaged + doubled.length > 0) return EXIT_CODES.data;
  const asked = optionWords(options, "endpoint", "region", "unsigned");
  tellNext(environment, "calls", folder, ...asked, "--out", "calls.csv");
  return counts.missing + unplanned.length + lost.size > 0
    ? EXIT_CODES.audioMissing
    : EXIT_CODES.complete;
}

function say({ hourMs, state, reason }: HourVerdict): void {
  print(`${formatUtc(hourMs)} ${state}: ${reason}`);
}
