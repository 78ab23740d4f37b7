import { isAbsolute, resolve } from "node:path";
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

/** What a submission keeps of its options for the back end, so that a retry does the same. */
export function settingsOf(options: SubmitArguments): Record<string, string> {
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
