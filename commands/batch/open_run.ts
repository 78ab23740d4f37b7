import { isAbsolute, resolve } from "node:path";
import {
  listRuns,
  openTrees,
  type Plan,
  readPlan,
  readSubmissions,
  type Submission,
} from "../../batch/mod.ts";
import { holdsSecrets, MegapteraError } from "../../core/mod.ts";
import { openStorage, RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import type { OutputArguments, SubmitArguments } from "../batch_arguments.ts";

/** A run as any machine finds it in its output. */
export interface OpenRun extends Disposable {
  out: Storage;
  trees: Storage[];
  plan: Plan;
  submissions: Submission[];
}

/** How the output is reached. */
export function outputAccess(
  { out, endpoint, outRegion }: OutputArguments,
  signal?: AbortSignal,
): RemoteAccess {
  refuseSecrets("--out", out);
  refuseSecrets("--endpoint", endpoint);
  return new RemoteAccess({ endpoint, region: outRegion, regionOption: "--out-region", signal });
}

/**
 * Opens a run by its name, or the one that there is.
 *
 * @param run Its name; the only one of the output where it is left out.
 * @param options Where the output is.
 * @param signal Ends what is under way.
 * @throws {MegapteraError} `usage` where there is none, or more than one and none is named.
 */
export async function openRun(
  run: string | undefined,
  options: OutputArguments,
  signal: AbortSignal,
): Promise<OpenRun> {
  const access = outputAccess(options, signal);
  const out = openStorage(options.out, access);
  const plan = await readPlan(out, run ?? await onlyRun(out));
  return {
    out,
    plan,
    trees: openTrees(options.out, plan, access),
    submissions: await readSubmissions(out, plan.run),
    [Symbol.dispose]: () => access.close(),
  };
}

async function onlyRun(out: Storage): Promise<string> {
  const runs = await listRuns(out);
  if (runs.length === 1) return runs[0];
  const found = runs.length === 0 ? "there is none" : `there are ${runs.join(", ")}: name one`;
  throw new MegapteraError("usage", `Cannot tell which run of ${out.name} is meant: ${found}.`);
}

const NAMES = [
  "queue",
  "jobDefinition",
  "awsRegion",
  "partition",
  "account",
  "time",
  "container",
] as const;

/** How what is kept secret reaches jobs, by the option that must not hold it. */
const WAYS_ON = {
  "--source": "give the jobs the whole address in the environment variable MEGAPTERA_SOURCE",
  "--out": "give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  "--endpoint": "give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  "--container": "log in to the registry where the jobs run",
} as const;

/**
 * Refuses an address that lets in who knows it: it would lie in the output or in the description of a
 * job, where others read it.
 *
 * @param option What was given by it.
 * @param value Its value; nothing is refused where there is none.
 * @throws {MegapteraError} `usage`, with the way on.
 */
export function refuseSecrets(option: keyof typeof WAYS_ON, value: string | undefined): void {
  if (value === undefined || !holdsSecrets(value)) return;
  throw new MegapteraError(
    "usage",
    `Cannot take ${option} ${value} as it holds a password or signature (not shown here), which ` +
      `others could read in the output or in the jobs: leave that out, and ${WAYS_ON[option]} ` +
      "(docs/security.md).",
  );
}

/** What a submission keeps of its options for the back end, so that a retry does the same. */
export function settingsOf(options: SubmitArguments): Record<string, string> {
  refuseSecrets("--container", options.container);
  const said = NAMES.flatMap((name) => options[name] === undefined ? [] : [[name, options[name]]]);
  return Object.fromEntries(said);
}

/**
 * Puts settings as the options that would say them.
 *
 * @param settings As a submission keeps them.
 * @returns Such as `--container apptainer:a.sif`.
 */
export function optionsOf(settings: Readonly<Record<string, string>>): string[] {
  return NAMES.filter((name) => settings[name] !== undefined).map((name) =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${settings[name]}`
  );
}

/** The output as a job finds it, wherever it runs: a folder's whole path. */
export function wholeOutput<Options extends OutputArguments>(options: Options): Options {
  const { out } = options;
  const isPlace = out.includes("://") || isAbsolute(out);
  return isPlace ? options : { ...options, out: resolve(out) };
}
