import { MegapteraError } from "../core/mod.ts";
import type { Storage, StoredFile } from "../pipeline/places/mod.ts";
import { RUN_ID } from "./plan.ts";

/** Folder of the output below which runs are kept. */
const RUNS = "runs/";
/** Beginning of one empty file a run, so that runs are found without listing all that is theirs. */
export const INDEX = `${RUNS}index/`;

/** Names the file of a run's plan. */
export function planPath(run: string): string {
  return `${RUNS}${run}/plan.json`;
}

/** Names the file of a run's submission, numbered from 1. */
export function submissionPath(run: string, number: number): string {
  return `${submissionPrefix(run)}${fourDigits(number)}.json`;
}

/** Names the beginning of the paths of a run's submissions. */
export function submissionPrefix(run: string): string {
  return `${RUNS}${run}/submissions/`;
}

/**
 * Names the file that notes what became of a submission: what its back end calls it, or that it is
 * given up.
 */
export function outcomePath(run: string, number: number): string {
  return `${outcomePrefix(run)}${fourDigits(number)}.json`;
}

/** Names the beginning of the paths of what became of a run's submissions. */
export function outcomePrefix(run: string): string {
  return `${RUNS}${run}/outcomes/`;
}

/** Names the file in which the local back end says how a submission's jobs are. */
export function localStatePath(run: string, number: number): string {
  return `${RUNS}${run}/local/${fourDigits(number)}.json`;
}

/** Names the file that asks the local back end to stop a submission. */
export function localCancelPath(run: string, number: number): string {
  return `${RUNS}${run}/local/${fourDigits(number)}.cancel`;
}

/** Names the file of the output of a task of Slurm's, where the run's output is a folder. */
export function slurmLogPath(
  run: string,
  number: number,
  first: number,
  task: number | "%a",
): string {
  return `${RUNS}${run}/slurm/${fourDigits(number)}-${first}-${task}.log`;
}

/** Names the beginning of the paths of the seals of a run's shares. */
export function sealPrefix(run: string): string {
  return `${RUNS}${run}/seals/`;
}

/**
 * Names a share's seal: an empty file whose name says all, also that recordings of it could not be
 * had.
 */
export function sealPath(run: string, share: number, digest: string, isLost = false): string {
  return `${sealPrefix(run)}${fiveDigits(share)}-${digest}${isLost ? "-lost" : ""}`;
}

/** Names the beginning of the paths of all logs of a share, or of those of one submission. */
export function logPrefix(run: string, share: number, submission?: number): string {
  const of = submission === undefined ? "" : `${fourDigits(submission)}-`;
  return `${RUNS}${run}/logs/${fiveDigits(share)}/${of}`;
}

/** Names the file of an attempt's last log lines. */
export function logPath(run: string, share: number, submission: number, attempt: number): string {
  return `${logPrefix(run, share, submission)}${String(attempt).padStart(2, "0")}.jsonl`;
}

function fourDigits(number: number): string {
  return String(number).padStart(4, "0");
}

function fiveDigits(share: number): string {
  return String(share).padStart(5, "0");
}

/**
 * Lists files as a storage does; a folder on disk that is not there yet holds none.
 *
 * @param storage The storage.
 * @param under How their paths begin.
 */
export async function* listBelow(storage: Storage, under: string): AsyncGenerator<StoredFile> {
  try {
    yield* storage.list(under);
  } catch (error) {
    const isNothing = !storage.isRemote && error instanceof MegapteraError && error.kind === "data";
    if (!isNothing) throw error;
  }
}

/**
 * Lists the runs of an output, by its index: a run's own folder may hold ten thousands of files.
 *
 * @param out The output; a folder that is not there holds none.
 * @returns Their names, sorted.
 */
export async function listRuns(out: Storage): Promise<string[]> {
  const runs: string[] = [];
  for await (const { path } of listBelow(out, INDEX)) {
    const name = path.slice(INDEX.length);
    if (RUN_ID.test(name)) runs.push(name);
  }
  return runs.sort();
}
