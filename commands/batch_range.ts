import { resolve } from "node:path";
import { type Command, Option } from "commander";
import {
  BACK_ENDS,
  checkRange,
  estimate,
  findPlan,
  jobSize,
  keepPlan,
  makePlan,
  measuredCoreSeconds,
  openTrees,
  type Plan,
  type PlanParts,
  type PlanSource,
} from "../batch/mod.ts";
import { EXIT_CODES, MegapteraError } from "../core/mod.ts";
import { checkRecipe, fingerprint } from "../pipeline/detector/mod.ts";
import { openStorage, type Storage } from "../pipeline/places/mod.ts";
import {
  addOutputOptions,
  addSubmitOptions,
  type OutputArguments,
  refuseSecrets,
  settingsOf,
  type SubmitArguments,
  wholeOutput,
} from "./batch/batch_options.ts";
import { handOverMissing } from "./batch/hand_over.ts";
import { outputAccess } from "./batch/open_run.ts";
import { audioWords, printEstimate, printTimes } from "./batch/say_estimate.ts";
import { sayNext, watchRun } from "./batch/watch_run.ts";
import { load } from "./detector_options.ts";
import type { Environment } from "./environment.ts";
import { hourStart, numberFrom } from "./option_values.ts";
import { print } from "./print.ts";
import {
  addArchiveOptions,
  addClockOptions,
  addRecipeOptions,
  type ArchiveArguments,
  type ClockArguments,
  clockOf,
  type RecipeArguments,
} from "./recording_options.ts";
import { windowsPerSecond } from "./score/dry_run.ts";
import { checkLifetime, chooseSource } from "./score/what_to_score.ts";
import { hoursWords } from "./words.ts";

/** The options of `batch-range`, checked. */
interface BatchRangeArguments
  extends
    OutputArguments,
    SubmitArguments,
    RecipeArguments,
    ArchiveArguments,
    Omit<ClockArguments, "recordingStart"> {
  start: number;
  stop: number;
  model: string;
  coreSeconds?: number;
  dryRun?: boolean;
}

/** Adds `batch-range`. */
export function addBatchRange(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  const ranged = addOutputOptions(program.command("batch-range"))
    .addOption(
      new Option("--start <iso>", "first hour (UTC)").argParser(hourStart).makeOptionMandatory(),
    )
    .addOption(
      new Option("--stop <iso>", "the hour after the last (UTC)").argParser(hourStart)
        .makeOptionMandatory(),
    )
    .option("--model <name>", "google, demo, or a detector's path on every machine", "google")
    .addOption(
      new Option("--core-seconds <s>", "core-seconds that an hour of audio takes")
        .argParser(numberFrom(0.01, 1e6)),
    )
    .option("--dry-run", "show jobs, bytes, time and dollars, and do nothing");
  addSubmitOptions(addArchiveOptions(addRecipeOptions(addClockOptions(ranged))))
    .description("score a range on many machines: AWS Batch, Slurm, or this one")
    .action(async (options: BatchRangeArguments) => finish(await batchRange(options, environment)));
}

/**
 * Scores a range on many machines. The same command goes on with the same run.
 *
 * @returns The exit code: 0; with `--watch` 3 where audio is missing, 65 where hours are not there.
 */
async function batchRange(
  given: BatchRangeArguments,
  environment: Environment,
): Promise<number> {
  const options = wholeOutput(given);
  const range = checkRange(options.start, options.stop, options.hours);
  const source = await sourceOf(options);
  const { on = "aws", vcpus = 1 } = options;
  const { isRented } = BACK_ENDS[on];
  if (isRented && !options.out.startsWith("s3://") && !options.dryRun) {
    throw new MegapteraError(
      "usage",
      `Cannot score on AWS into ${options.out} as its machines can't reach it: name a bucket with ` +
        "--out s3://bucket/prefix.",
    );
  }
  if (isRented && !/^(s3|https?):/i.test(source.place) && !options.dryRun) {
    throw new MegapteraError(
      "usage",
      `Cannot score ${source.place} on AWS as its machines can't reach it: put the recordings into ` +
        "a bucket, and name it with --source s3://bucket/prefix, or use --on local.",
    );
  }
  if (options.dryRun) return await dryRun(options, source, range.hours);
  const asked = makePlan({ ...await planParts(options, source, environment), vcpus });
  const access = outputAccess(options, environment.signal);
  try {
    const out = openStorage(options.out, access);
    await out.tryWriting();
    const before = await findPlan(out, asked);
    const plan = before ?? asked;
    const { run } = plan;
    print(`Run ${run}${before ? " goes on" : ""}: ${range.hours} hours into ${options.out}`);
    const isStarted = await handOverMissing({
      out,
      trees: openTrees(options.out, plan, access),
      plan,
      on,
      vcpus,
      settings: settingsOf(options),
      signal: environment.signal,
      // Nothing is left behind by who says no.
      ...(before ? {} : { beforeWriting: () => checkKept(out, plan) }),
    }, options);
    if (options.watch) return await watchRun(run, options, environment);
    if (isStarted) sayNext(run, options, environment);
    return EXIT_CODES.complete;
  } finally {
    access.close();
  }
}

/** Writes the plan; where another machine wrote it meanwhile, its cut must be the same. */
async function checkKept(out: Storage, plan: Plan): Promise<void> {
  const kept = await keepPlan(out, plan);
  if (kept.plan.hoursPerJob === plan.hoursPerJob) return;
  throw new MegapteraError(
    "retry",
    `Cannot start the run ${plan.run} as another machine planned it at the same time, in other ` +
      "shares: run the same command again, which goes on with its plan.",
  );
}

/** Prints jobs, bytes, time and dollars; needs no weights, no credentials and no network. */
async function dryRun(
  options: BatchRangeArguments,
  { place, site }: PlanSource,
  hours: number,
): Promise<number> {
  const { on = "aws", vcpus = 1 } = options;
  const seconds = options.coreSeconds ?? measuredCoreSeconds(options.model) ??
    measuredCoreSeconds("google")!;
  const size = Math.min(hours, jobSize(hours, seconds / vcpus));
  const jobs = Math.ceil(hours / size);
  const jobSeconds = size * seconds / vcpus;
  const of = site === undefined ? "" : ` (the site ${site})`;
  print(`${hours} hours of ${place}${of}: ${await audioWords(place, site, hours)}.`);
  const half = BACK_ENDS[on].isRented
    ? ` (${hoursWords(2 * jobSeconds / 3600)} where a vCPU is half a core)`
    : "";
  print(
    `${size} h of audio a job, about ${hoursWords(jobSeconds / 3600)} each${half}, at ${seconds} ` +
      "core-seconds an hour of audio.",
  );
  printEstimate(estimate(hours, seconds, jobs, vcpus), options.on);
  printTimes({ jobs }, vcpus, jobSeconds, on);
  print("Nothing was written or started.");
  return EXIT_CODES.complete;
}

async function sourceOf(options: BatchRangeArguments): Promise<PlanSource> {
  const { region, unsigned, requesterPays, timezone, nameFormat, start, stop } = options;
  const chosen = (await chooseSource([], { ...options, date: start }))!;
  checkLifetime(chosen, start, stop);
  clockOf(options);
  const { site } = chosen;
  const said = {
    site: site?.name,
    region: region ?? site?.region,
    unsigned: unsigned ?? site?.unsigned,
    requesterPays,
    timeZone: timezone,
    nameFormat,
  };
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  // Workers have working folders of their own.
  refuseSecrets("--source", chosen.source);
  const place = chosen.source.includes("://") ? chosen.source : resolve(chosen.source);
  return { place, ...Object.fromEntries(known) };
}

async function planParts(
  options: BatchRangeArguments,
  source: PlanSource,
  environment: Environment,
): Promise<Omit<PlanParts, "vcpus">> {
  const { model, recipe, gain, channel, hours, start, stop } = options;
  const detector = await load({ model, threads: 1, engine: "auto" }, environment);
  try {
    const { name, notice, weightsSha256, classNames, revision } = detector;
    checkRecipe(detector, { name: recipe });
    return {
      source,
      startMs: start,
      stopMs: stop,
      hoursOfDay: hours ?? { from: 0, to: 24 },
      detector: {
        model,
        name,
        ...(notice === undefined ? {} : { notice }),
        weightsSha256,
        classNames: [...classNames],
      },
      recipe,
      gain,
      channel,
      fingerprint: fingerprint({ weightsSha256, revision, recipe, gain, channel }),
      coreSecondsPerHour: options.coreSeconds ?? measuredCoreSeconds(model) ??
        Number((3600 / detector.hopSeconds / await windowsPerSecond([detector])).toPrecision(2)),
    };
  } finally {
    detector.engine.close();
  }
}
