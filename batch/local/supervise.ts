import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { EXIT_CODES, mapLimited } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import { parseWith } from "../plan.ts";
import { localCancelPath, localStatePath, submissionPath } from "../run_paths.ts";
import { WORKER, WORKER_ARGUMENTS } from "../runner.ts";
import type { Submission } from "../submission.ts";

/** Tries of a job whose worker said 75 or was killed. */
const MOST_TRIES = 3;
/**
 * Interval at which the supervisor looks whether the run was cancelled, and writes that it is
 * alive.
 */
export const HEARTBEAT_MS = 5_000;

/** Reason of the end of a run whose output was removed. */
const GONE = new Error("its output was removed");

/** Options of the supervisor of a submission on this machine. */
interface SuperviseOptions {
  out: Storage;
  submission: Submission;
  /** Jobs at a time. */
  atOnce: number;
  signal: AbortSignal;
}

/**
 * Runs a submission's jobs on this machine, some at a time, each in a process of its own, and tries
 * those again that were killed or said that it is worth it. How they are is kept in the output. Where
 * that is removed it ends.
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
    writing = writing.then(async () => {
      if (cancelled.signal.reason !== GONE) await writeLocalState(out, run, number, state);
    }).catch(() => {});
    return writing;
  };
  const look = async (): Promise<void> => {
    if (await out.read(localCancelPath(run, number))) cancelled.abort();
    // Without what it was begun by, nobody could see or end it.
    if (!await out.read(submissionPath(run, number))) cancelled.abort(GONE);
  };
  const heart = (async () => {
    while (!ended.signal.aborted) {
      // Where the output can't be reached for a while the work goes on.
      await look().catch(() => {});
      await save();
      await wait(HEARTBEAT_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  })();
  await mapLimited(state.jobs, atOnce, async (job) => {
    job.startedMs = Date.now();
    while (!stop.aborted) {
      job.state = "running";
      job.attempts++;
      await save();
      // A worker begun now would never hear of the end.
      if (stop.aborted) break;
      const { code, reason, isKilled } = await runWorker(job, stop);
      Object.assign(job, { exitCode: code, reason });
      if (code === 0 || job.attempts === MOST_TRIES || !(isKilled || code === EXIT_CODES.retry)) {
        break;
      }
    }
    if (stop.aborted && job.exitCode !== 0) {
      Object.assign(job, { reason: "it was cancelled", isCancelled: true });
    }
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
      // What it still had to say would make a removed output anew.
      child.kill(stop.reason === GONE ? "SIGKILL" : "SIGTERM");
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

const jobSchema = z.object({
  index: z.int().min(0),
  state: z.enum(["waiting", "running", "succeeded", "failed"]),
  isCancelled: z.boolean().optional(),
  exitCode: z.int().optional(),
  reason: z.string().optional(),
  startedMs: z.number().optional(),
  stoppedMs: z.number().optional(),
  attempts: z.int().min(0),
});

const stateSchema = z.object({
  format: z.literal("megaptera-local/1"),
  machine: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, "it is no machine"),
  /** Process that starts the workers. */
  pid: z.int().min(0).optional(),
  /** Time when it was last known to be there, epoch milliseconds. */
  aliveMs: z.number(),
  jobs: z.array(jobSchema),
});

/** State of the jobs on one machine, kept in the output so that any machine may ask. */
type LocalState = z.infer<typeof stateSchema>;

/** Reads it; nothing where it was not begun. */
export async function readLocalState(
  out: Storage,
  run: string,
  number: number,
): Promise<LocalState | undefined> {
  const path = localStatePath(run, number);
  const file = await out.read(path);
  return file && parseWith(stateSchema, file.text, `the state ${out.name}/${path}`);
}

/** Writes it. */
export async function writeLocalState(
  out: Storage,
  run: string,
  number: number,
  state: LocalState,
): Promise<void> {
  const text = JSON.stringify(state) + "\n";
  await out.write([{ path: localStatePath(run, number), text }]);
}
