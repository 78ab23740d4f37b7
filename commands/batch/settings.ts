import { isAbsolute, resolve } from "node:path";
import { holdsSecrets, MegapteraError } from "../../core/mod.ts";
import type { OutputArguments, SubmitArguments } from "../batch_arguments.ts";

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
