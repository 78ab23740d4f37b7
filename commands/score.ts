import { type Command, Option } from "commander";
import { dayOf, EXIT_CODES, HOUR_MS } from "../core/mod.ts";
import { type Detector, RECIPES } from "../pipeline/detector/mod.ts";
import { openStorage, RemoteAccess } from "../pipeline/places/mod.ts";
import {
  classFolders,
  isAudioMissing,
  isRecordingLost,
  recordedSpans,
  ScoreStore,
} from "../pipeline/scores/mod.ts";
import {
  type HourOutcome,
  otherStart,
  planWorkers,
  scoreRange,
  staleHours,
  type WorkerPlan,
} from "../pipeline/scoring/mod.ts";
import { Schedule, zonelessNote } from "../pipeline/timeline/mod.ts";
import {
  addModelOptions,
  type DetectorArguments,
  load,
  threadsOption,
} from "./detector_options.ts";
import type { Environment } from "./environment.ts";
import { optionWords, tellNext } from "./next.ts";
import { day, hourStart, scheduleOption, wholeNumber } from "./option_values.ts";
import { tell } from "./print.ts";
import { ScoringProgress } from "./progress.ts";
import { addArchiveOptions, addClockOptions, addRecipeOptions } from "./recording_options.ts";
import { dryRun } from "./score/dry_run.ts";
import { knownHosts, scoreInFence } from "./score/fence.ts";
import { logHour, logNote, logSummary, type RunResult, summarize } from "./score/summarize.ts";
import {
  chooseSource,
  type ScoreArguments,
  type ScoreWork,
  type WhatToScore,
  whatToScore,
} from "./score/what_to_score.ts";

/** Adds `score`. */
export function addScore(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  const read = addModelOptions(program.command("score"))
    .addOption(threadsOption())
    .addOption(
      new Option("--workers <n>", "hours scored at a time; one a core, or what there are")
        .argParser(wholeNumber(1, 256)),
    )
    .option("--out <folder>", "where the score files go: a folder, or s3://bucket/prefix", "scores")
    .option("--recording-start <iso>", "when the file starts, instead of what its name says")
    .addOption(scheduleOption());
  const scored = addRecipeOptions(addClockOptions(read))
    .option("--force", "score again what is done, and replace scores with another fingerprint");
  const ranged = scored
    .addOption(new Option("--date <day>", "first day of a range (UTC)").argParser(day))
    .addOption(
      new Option("--stop <iso>", "the hour after the last (UTC); the next day by default")
        .argParser(hourStart),
    );
  addArchiveOptions(ranged)
    .option("--endpoint <url>", "an S3 server other than Amazon's")
    .option("--out-region <name>", "region of the output's bucket")
    .option("--dry-run", "say what would be scored, from what, and how long it should take")
    .addOption(
      new Option("--log <form>", "a line an hour for people, or JSON lines for machines")
        .choices(["lines", "json"]).default("lines"),
    )
    .description("score recordings into hourly score files")
    .argument("[file...]", "WAV or FLAC files, folders, s3:// or https:// addresses")
    .action(async (files: string[], options: ScoreArguments) =>
      finish(await score(files, options, environment))
    );
}

/**
 * Scores recordings into hourly score files, and reaches no other
 * hosts than it needs where those are known.
 *
 * @returns The exit code: 0, 3 where audio is missing, 65 where an hour's audio is bad.
 */
export async function score(
  files: readonly string[],
  options: ScoreArguments,
  environment: Environment,
): Promise<number> {
  const source = await chooseSource(files, options);
  const work = { files, options, source };
  const hosts = await knownHosts(work, Deno.env.get);
  const ended = hosts && await scoreInFence(hosts, work, environment);
  return ended ?? await scoreHere(work, environment);
}

/** Scores as `score` does, with all rights that this thread has. */
export async function scoreHere(
  { files, options, source }: ScoreWork,
  environment: Environment,
): Promise<number> {
  const { signal } = environment;
  const { endpoint, requesterPays } = options;
  const access = new RemoteAccess({
    endpoint,
    region: options.region ?? source?.site?.region,
    unsigned: options.unsigned ?? source?.site?.unsigned,
    requesterPays,
    signal,
  });
  // Scores go to a bucket of the user's own, by the user's own credentials.
  const outAccess = new RemoteAccess({
    endpoint,
    region: options.outRegion,
    regionOption: "--out-region",
    signal,
  });
  const what = await whatToScore(files, options, source, access);
  const cores = navigator.hardwareConcurrency;
  const plan = planWorkers(what.hours.length, cores, options);
  const detectors = await loadWorkers(plan, options, environment);
  try {
    const [detector] = detectors;
    const { gain, channel, force } = options;
    const recipe = RECIPES[options.recipe];
    const folders = classFolders(options.out, detector.classNames);
    const stores = folders.map((folder) => new ScoreStore(openStorage(folder, outAccess)));
    const range = { ...what, stores, recipe, gain, channel, force, detectors, signal };
    const zoneless = zonelessNote(what.archive.zonelessNames);
    const notes = [...what.notes, ...(zoneless === undefined ? [] : [zoneless])];
    if (options.dryRun) {
      for (const note of notes) tell(`note: ${note}`);
      await dryRun(range, access);
      return EXIT_CODES.complete;
    }
    const replaced = await hoursToReplace(what, stores[0], options);
    const hours = [...what.hours, ...replaced].sort((a, b) => a - b);
    if (options.log === "json") what.notes.forEach(logNote);
    let unsaid = notes;
    const started = performance.now();
    const progress = new ScoringProgress(hours, what.audioSeconds, options.log !== "json");
    const all = await scoreRange({
      ...range,
      hours,
      onProgress: (hourMs, bins) => progress.onBins(hourMs, bins),
      onHour: (outcome) => {
        progress.onHour({ ...outcome, notes: [...unsaid, ...outcome.notes] });
        unsaid = [];
        if (options.log === "json") logHour(outcome);
      },
    }).finally(() => progress.stop());
    // Hours that are left without recordings are none of those that were asked for.
    const outcomes = all.filter(({ hourMs, state }) =>
      state !== "no audio" || !replaced.includes(hourMs)
    );
    const seconds = (performance.now() - started) / 1000;
    const schedule = what.files?.schedule ?? scheduleOf(outcomes, options);
    const result: RunResult = { outcomes, what, range, detector, access, schedule, seconds };
    if (options.log === "json") logSummary(result);
    else {
      summarize(result);
      if (all.some(({ state }) => state !== "failed" && state !== "no audio")) {
        const region = options.outRegion === undefined ? [] : ["--region", options.outRegion];
        const clock = recipe.clock === "nominal" ? ["--nominal-clock"] : [];
        const access = [...optionWords({ endpoint }, "endpoint"), ...region];
        tellNext(environment, "calls", folders[0], ...access, ...clock, "--out", "calls.csv");
      }
    }
    return exitCode(result);
  } finally {
    for (const { engine } of detectors) engine.close();
    access.close();
    outAccess.close();
  }
}

/**
 * Finds hours beside those that were asked for, made from the same recordings under other starts: with
 * `--force` they are scored again too, which leaves them without those.
 */
async function hoursToReplace(
  { archive, hours }: WhatToScore,
  store: ScoreStore,
  { force }: ScoreArguments,
): Promise<number[]> {
  const ends = new Set([hours[0], hours[hours.length - 1]].map(dayOf));
  const entries = [];
  for (const dayMs of ends) entries.push(...(await archive.day(dayMs)).entries);
  const stale = await staleHours(store, hours, entries);
  if (stale.length === 0) return [];
  if (!force) throw otherStart(store, stale[0]);
  const partly = stale.find(({ others }) => others.length > 0);
  if (partly) throw otherStart(store, partly);
  const count = stale.length === 1 ? "1 hour that was" : `${stale.length} hours that were`;
  tell(`note: ${count} made from these recordings under other starts will be replaced, too.`);
  return stale.map(({ hourMs }) => hourMs);
}

/** Finds the schedule that a range's recordings show. */
function scheduleOf(
  outcomes: readonly HourOutcome[],
  { schedule: said }: ScoreArguments,
): Schedule {
  return new Schedule(
    outcomes.flatMap(({ hourMs, noEffort }) => recordedSpans(hourMs, noEffort)),
    { said },
  );
}

function exitCode({ outcomes, what, schedule }: RunResult): number {
  if (outcomes.some(({ state }) => state === "failed")) return EXIT_CODES.data;
  const noEffort = outcomes.flatMap((hour) => hour.noEffort);
  const isMissing = what.files
    ? what.files.gaps.length > 0 || what.untimed > 0 || isRecordingLost(noEffort)
    : schedule.isDutyCycled
    ? isRecordingLost(noEffort) ||
      outcomes.some(({ hourMs }) => schedule.gaps(hourMs, hourMs + HOUR_MS).length > 0)
    : isAudioMissing(noEffort);
  return isMissing ? EXIT_CODES.audioMissing : EXIT_CODES.complete;
}

/** Loads one detector a worker. Close their engines when done. */
async function loadWorkers(
  { workers, threads }: WorkerPlan,
  options: Omit<DetectorArguments, "threads">,
  environment: Environment,
): Promise<Detector[]> {
  const detectors: Detector[] = [];
  try {
    for (let worker = 0; worker < workers; worker++) {
      const isFirst = worker === 0;
      detectors.push(await load({ ...options, threads }, environment, isFirst));
    }
    return detectors;
  } catch (error) {
    for (const { engine } of detectors) engine.close();
    throw error;
  }
}
