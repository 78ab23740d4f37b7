import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { mapLimited } from "../../pipeline/map_limited.ts";
import type { Storage } from "../../pipeline/storage/mod.ts";
import { localCancelPath } from "../plan/run_paths.ts";
import type { Submission } from "../plan/submission.ts";
import { WORKER, WORKER_ARGUMENTS } from "../runner/worker_command.ts";
import { type LocalState, writeLocalState } from "./local_state.ts";

/** Tries of a job whose worker said 75 or was killed. */
const MOST_TRIES = 3;
const RETRY = 75;
/** How often is looked whether the run was cancelled, and written that this is alive. */
export const HEARTBEAT_MS = 5_000;

/** What the supervisor of a submission on this machine needs. */
export interface SuperviseOptions {
  out: Storage;
  submission: Submission;
  /** Jobs at a time. */
  atOnce: number;
  signal: AbortSignal;
}

/**
 * Runs a submission's jobs on this machine, some at a time, each in a process of its own, and tries
 * those again that were killed or said that it is worth it. How they are is kept in the output.
 */
export async function supervise(
  { out, submission, atOnce, signal }: SuperviseOptions,
): Promise<void> {
  const { run, number } = submission;
  const cancelled = new AbortController();
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, cancelled.signal]);
  const state: LocalState = {
    format: "megaptera-local/1",
    machine: hostname(),
    pid: Deno.pid,
    aliveMs: Date.now(),
    jobs: submission.shares.map((_, index) => ({ index, state: "waiting", attempts: 0 })),
  };
  let writing = Promise.resolve();
  const save = (): Promise<void> => {
    state.aliveMs = Date.now();
    // One after another, so that the last one written is the last one that was true.
    writing = writing.then(() => writeLocalState(out, run, number, state)).catch(() => {});
    return writing;
  };
  const heart = (async () => {
    while (!ended.signal.aborted) {
      await save();
      const asked = await out.read(localCancelPath(run, number)).catch(() => undefined);
      if (asked) cancelled.abort();
      await wait(HEARTBEAT_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  })();
  await mapLimited(state.jobs, atOnce, async (job) => {
    job.startedMs = Date.now();
    while (!stop.aborted) {
      job.state = "running";
      job.attempts++;
      await save();
      const { code, reason, isKilled } = await runWorker(job, stop);
      Object.assign(job, { exitCode: code, reason });
      if (code === 0 || job.attempts === MOST_TRIES || !(isKilled || code === RETRY)) break;
    }
    if (stop.aborted && job.exitCode !== 0) job.reason = "it was cancelled";
    job.state = job.exitCode === 0 ? "succeeded" : "failed";
    job.stoppedMs = Date.now();
    await save();
  });
  ended.abort();
  await heart;
  await save();
}

async function runWorker(
  { index, attempts }: LocalState["jobs"][number],
  stop: AbortSignal,
): Promise<{ code: number; reason: string; isKilled: boolean }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...WORKER_ARGUMENTS, WORKER],
    env: {
      MEGAPTERA_INDEX: String(index),
      MEGAPTERA_ATTEMPT: String(attempts),
      // Closed by the system where this process is killed: nobody would know of its workers.
      MEGAPTERA_LIFELINE: "stdin",
    },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const end = (): void => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended by itself.
    }
  };
  stop.addEventListener("abort", end);
  const { code, signal, stderr } = await child.output();
  stop.removeEventListener("abort", end);
  await child.stdin.close().catch(() => {});
  const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1) ?? "";
  const reason = signal ? `it was killed by ${signal}` : said || `its worker exited with ${code}`;
  return { code, reason, isKilled: signal !== null };
}
