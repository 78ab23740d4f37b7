import { accountOf } from "../batch/aws/account_of.ts";
import { checkImage, checkQueue } from "../batch/aws/check_queue.ts";
import { checkQuota } from "../batch/aws/check_quota.ts";
import { STACK } from "../batch/aws/stack_name.ts";
import { findSite, openRecording, templateList } from "../pipeline/recording/mod.ts";
import { RemoteAccess } from "../pipeline/remote/mod.ts";
import { openStorage } from "../pipeline/storage/mod.ts";
import type { OutputArguments } from "./batch_arguments.ts";
import { outputAccess } from "./batch/open_run.ts";
import type { Environment } from "./environment.ts";
import { sentenceOf } from "./faults.ts";
import { print } from "./print.ts";

/** The options of `batch-doctor`, checked. */
export interface DoctorArguments extends OutputArguments {
  queue?: string;
  jobDefinition?: string;
  awsRegion?: string;
  recording?: string;
}

const CONFIGURATION = 78;
/** A recording that is read from where none is named: a day of the usual site. */
const USUAL_DAY_MS = Date.UTC(2021, 0, 1);

/**
 * `batch-doctor`: checks before the first run what would otherwise fail after an hour.
 *
 * @returns The exit code: 0, or 78 where something is amiss.
 */
export async function batchDoctor(
  options: DoctorArguments,
  { signal }: Environment,
): Promise<number> {
  const { queue = STACK, jobDefinition = STACK, awsRegion } = options;
  const names = { queue, jobDefinition, region: awsRegion };
  const checks: [what: string, check: () => Promise<string>][] = [
    ["credentials", async () => `they are of the account ${await accountOf(awsRegion)}`],
    ["output", () => checkOutput(options, signal)],
    ["queue", () => checkQueue(names)],
    ["image", () => checkImage(names)],
    ["quota", () => checkQuota(awsRegion)],
    ["recordings", () => checkRecording(options, signal)],
  ];
  let amiss = 0;
  for (const [what, check] of checks) {
    try {
      print(`ok     ${what.padEnd(12)} ${await check()}`);
    } catch (error) {
      signal.throwIfAborted();
      amiss++;
      print(`amiss  ${what.padEnd(12)} ${sentenceOf(error, false).replace(/^error: /, "")}`);
    }
  }
  print(
    amiss === 0 ? "All is well." : `${amiss} of ${checks.length} checks found something amiss.`,
  );
  return amiss === 0 ? 0 : CONFIGURATION;
}

async function checkOutput(options: OutputArguments, signal: AbortSignal): Promise<string> {
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
