import { type Command, Option } from "commander";
import {
  accountOf,
  BACK_ENDS,
  type BackEndName,
  checkController,
  checkImage,
  checkQueue,
  checkQuota,
  checkReach,
  checkSubmission,
  findContainer,
  keepsAccounts,
  type QueueNames,
  type SlurmNames,
  STACK,
} from "../batch/mod.ts";
import { EXIT_CODES } from "../core/mod.ts";
import { openRecording } from "../pipeline/audio/mod.ts";
import { googleFolder, readInstalledModel } from "../pipeline/detector/mod.ts";
import { openStorage, RemoteAccess } from "../pipeline/places/mod.ts";
import { findSite, templateList } from "../pipeline/timeline/mod.ts";
import {
  addOutputOptions,
  addRegionOption,
  type OutputArguments,
  wholeOutput,
} from "./batch/batch_options.ts";
import { outputAccess } from "./batch/open_run.ts";
import type { Environment } from "./environment.ts";
import { sentenceOf } from "./faults.ts";
import { optionWords, tellNext } from "./next.ts";
import { print } from "./print.ts";

/** The options of `batch-doctor`, checked. */
interface DoctorArguments extends OutputArguments, SlurmNames {
  on: BackEndName;
  queue?: string;
  jobDefinition?: string;
  awsRegion?: string;
  recording?: string;
}

/** A finding in words, or a note where it may be well or not. */
type Found = string | { note: string };

/** The day of the usual site whose recording is read from where none is named. */
const USUAL_DAY_MS = Date.UTC(2021, 0, 1);

/** A check, and the check without which it would say the same again. */
interface Check {
  what: string;
  needs?: string;
  check: () => Promise<Found>;
}

/** Adds `batch-doctor`. */
export function addBatchDoctor(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  const command = addOutputOptions(program.command("batch-doctor"))
    .description("check before the first run what would otherwise fail after an hour")
    .addOption(
      new Option("--on <what>", "what is to run the jobs: this machine, Slurm, or AWS Batch")
        .choices(Object.keys(BACK_ENDS)).default("aws"),
    )
    .option("--queue <name>", "a queue other than the stack's")
    .option("--job-definition <name>", "a job definition other than the stack's")
    .option("--partition <name>", "the partition")
    .option("--account <name>", "the account that is charged")
    .addOption(
      new Option("--recording <place>", "a recording to read from")
        .default(undefined, "on aws one of MARS, else none"),
    );
  addRegionOption(command).action(async (options: DoctorArguments) =>
    finish(await batchDoctor(options, environment))
  );
}

/**
 * Checks before the first run what would otherwise fail after an hour. What can't be well since another
 * check found something amiss is not looked at, so that one cause is said once.
 *
 * @returns The exit code: 0, or 78 where something is amiss.
 */
async function batchDoctor(
  options: DoctorArguments,
  environment: Environment,
): Promise<number> {
  const { signal } = environment;
  const checks = options.on === "aws"
    ? checksOfAws(options, signal)
    : checksHere(options, environment);
  const amiss = new Set<string>();
  let causes = 0;
  for (const { what, needs, check } of checks) {
    if (needs !== undefined && amiss.has(needs)) {
      amiss.add(what);
      print(`-      ${what.padEnd(12)} not looked at, as this needs: ${needs}`);
      continue;
    }
    try {
      const found = await check();
      const [kind, words] = typeof found === "string" ? ["ok", found] : ["note", found.note];
      print(`${kind.padEnd(6)} ${what.padEnd(12)} ${words}`);
    } catch (error) {
      signal.throwIfAborted();
      amiss.add(what);
      causes++;
      print(`amiss  ${what.padEnd(12)} ${sentenceOf(error, false).replace(/^error: /, "")}`);
    }
  }
  const { on, out } = options;
  const passed = ["outRegion", "endpoint", "queue", "jobDefinition", "awsRegion"] as const;
  const words = optionWords(options, ...passed, "partition", "account");
  if (amiss.size === 0) {
    print("All is well.");
    const days = ["--start", "2021-01-01", "--stop", "2021-01-02", "--dry-run"];
    tellNext(environment, "batch-range", "--on", on, "--out", out, ...words, ...days);
    return EXIT_CODES.complete;
  }
  print(
    `${causes === 1 ? "1 thing is" : `${causes} things are`} wrong: solve that, and check again.`,
  );
  return EXIT_CODES.configuration;
}

function checksOfAws(options: DoctorArguments, signal: AbortSignal): Check[] {
  const { queue = STACK, jobDefinition = STACK, awsRegion } = options;
  const names = { queue, jobDefinition, region: awsRegion };
  const needs = "credentials";
  return [
    { what: needs, check: async () => `they are of the account ${await accountOf(awsRegion)}` },
    { what: "output", needs, check: () => checkOutput(options, names, signal) },
    { what: "queue", needs, check: () => checkQueue(names) },
    { what: "image", needs, check: () => checkImage(names) },
    { what: "detector", needs: "image", check: () => checkDetector(options, names, signal) },
    { what: "quota", needs, check: () => checkQuota(awsRegion) },
    { what: "recordings", check: () => checkRecording(options, signal) },
  ];
}

/** Checks of Slurm or of this machine, which need neither AWS nor a network. */
function checksHere(options: DoctorArguments, environment: Environment): Check[] {
  const { on, recording } = options;
  const { signal, modelsFolder } = environment;
  const needs = "controller";
  const slurm: Check[] = [
    { what: needs, check: checkController },
    { what: "submission", needs, check: () => checkSubmission(options) },
    {
      what: "accounts",
      needs,
      check: async () =>
        await keepsAccounts()
          ? "sacct tells how jobs ended"
          : { note: "sacct tells nothing: how a job ended is read from the output alone" },
    },
  ];
  return [
    ...(on === "slurm" ? slurm : []),
    {
      what: "output",
      check: async () => {
        const words = await writableOutput(wholeOutput(options), signal);
        return on === "slurm" && !options.out.includes("://")
          ? { note: `${words} from here; all nodes must see the same folder` }
          : words;
      },
    },
    {
      what: "detector",
      check: async () =>
        await readInstalledModel(googleFolder(modelsFolder))
          ? `the published detector is in ${modelsFolder}`
          : {
            note:
              `the published detector is not in ${modelsFolder}: run \`megaptera model install\`` +
              ", unless --model names another",
          },
    },
    {
      what: "recordings",
      check: async () =>
        recording === undefined
          ? { note: "none was read: name one with --recording" }
          : await checkRecording(options, signal),
    },
  ];
}

async function checkOutput(
  options: OutputArguments,
  { queue, region }: QueueNames,
  signal: AbortSignal,
): Promise<string> {
  await checkReach(options.out, queue, region);
  return await writableOutput(options, signal);
}

async function writableOutput(options: OutputArguments, signal: AbortSignal): Promise<string> {
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
