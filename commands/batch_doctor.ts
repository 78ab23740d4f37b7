import type { Command } from "commander";
import {
  accountOf,
  checkImage,
  checkQueue,
  checkQuota,
  checkReach,
  findContainer,
  type QueueNames,
  STACK,
} from "../batch/mod.ts";
import { EXIT_CODES } from "../core/mod.ts";
import { openRecording } from "../pipeline/audio/mod.ts";
import { openStorage, RemoteAccess } from "../pipeline/places/mod.ts";
import { findSite, templateList } from "../pipeline/timeline/mod.ts";
import { addOutputOptions, addRegionOption, type OutputArguments } from "./batch/batch_options.ts";
import { outputAccess } from "./batch/open_run.ts";
import type { Environment } from "./environment.ts";
import { sentenceOf } from "./faults.ts";
import { print } from "./print.ts";

/** The options of `batch-doctor`, checked. */
interface DoctorArguments extends OutputArguments {
  queue?: string;
  jobDefinition?: string;
  awsRegion?: string;
  recording?: string;
}

/** A finding in words; a note where it may be well or not. */
type Found = string | { note: string };

/** The day of the usual site whose recording is read from where none is named. */
const USUAL_DAY_MS = Date.UTC(2021, 0, 1);

/** Adds `batch-doctor`. */
export function addBatchDoctor(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  const command = addOutputOptions(program.command("batch-doctor"))
    .description("check before the first run what would otherwise fail after an hour")
    .option("--queue <name>", "a queue other than the stack's")
    .option("--job-definition <name>", "a job definition other than the stack's")
    .option("--recording <place>", "a recording to read from instead of one of MARS");
  addRegionOption(command).action(async (options: DoctorArguments) =>
    finish(await batchDoctor(options, environment))
  );
}

/**
 * Checks before the first run what would otherwise fail after an hour.
 *
 * @returns The exit code: 0, or 78 where something is amiss.
 */
async function batchDoctor(
  options: DoctorArguments,
  { signal }: Environment,
): Promise<number> {
  const { queue = STACK, jobDefinition = STACK, awsRegion } = options;
  const names = { queue, jobDefinition, region: awsRegion };
  const checks: [what: string, check: () => Promise<Found>][] = [
    ["credentials", async () => `they are of the account ${await accountOf(awsRegion)}`],
    ["output", () => checkOutput(options, names, signal)],
    ["queue", () => checkQueue(names)],
    ["image", () => checkImage(names)],
    ["detector", () => checkDetector(options, names, signal)],
    ["quota", () => checkQuota(awsRegion)],
    ["recordings", () => checkRecording(options, signal)],
  ];
  let amiss = 0;
  for (const [what, check] of checks) {
    try {
      const found = await check();
      const [kind, words] = typeof found === "string" ? ["ok", found] : ["note", found.note];
      print(`${kind.padEnd(6)} ${what.padEnd(12)} ${words}`);
    } catch (error) {
      signal.throwIfAborted();
      amiss++;
      print(`amiss  ${what.padEnd(12)} ${sentenceOf(error, false).replace(/^error: /, "")}`);
    }
  }
  print(
    amiss === 0 ? "All is well." : `${amiss} of ${checks.length} checks found something amiss.`,
  );
  return amiss === 0 ? EXIT_CODES.complete : EXIT_CODES.configuration;
}

async function checkOutput(
  options: OutputArguments,
  { queue, region }: QueueNames,
  signal: AbortSignal,
): Promise<string> {
  await checkReach(options.out, queue, region);
  const access = outputAccess(options, signal);
  try {
    const out = openStorage(options.out, access);
    await out.tryWriting();
    for await (const _ of out.list("runs/index/")) break;
    return `${out.name} can be written to and listed`;
  } finally {
    access.close();
  }
}

async function checkDetector(
  options: OutputArguments,
  names: QueueNames,
  signal: AbortSignal,
): Promise<Found> {
  const { environment = [] } = await findContainer(names);
  const from = environment.find(({ name }) => name === "MEGAPTERA_MODEL")?.value;
  const inImage = "jobs have one only where batch-push --model put it into the image";
  if (from === undefined) return { note: `${names.jobDefinition} names none: ${inImage}` };
  const access = outputAccess(options, signal);
  try {
    // The record that is fetched last: without it nothing is installed.
    if (await openStorage(from, access).read("model.json")) return `it is at ${from}`;
    return { note: `there is none at ${from} (docs/batch.md says how to copy it): ${inImage}` };
  } finally {
    access.close();
  }
}

async function checkRecording(
  { recording, endpoint }: DoctorArguments,
  signal: AbortSignal,
): Promise<string> {
  const site = findSite("mars");
  const usual = templateList(site.source).between(USUAL_DAY_MS, USUAL_DAY_MS + 1).at(-1)!.place;
  const access = recording === undefined
    ? new RemoteAccess({ region: site.region, unsigned: true, signal })
    : new RemoteAccess({ endpoint, signal });
  try {
    const opened = await openRecording(recording ?? usual, access);
    opened.close();
    return `${opened.source.uri} was read: ${opened.sampleRateHz} Hz`;
  } finally {
    access.close();
  }
}
