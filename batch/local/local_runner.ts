import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import type { Storage } from "../../pipeline/places/mod.ts";
import { endedBefore } from "../handover.ts";
import { localCancelPath, localStatePath, submissionPath } from "../run_paths.ts";
import {
  type JobRequest,
  type JobView,
  type JobViews,
  type Runner,
  type TakenSubmission,
  WORKER_ARGUMENTS,
} from "../runner.ts";
import type { Submission, SubmittedJob } from "../submission.ts";
import { HEARTBEAT_MS, readLocalState } from "./supervise.ts";

/** Time without a sign of life after which the machine is taken to be down. */
const SILENT_MS = 24 * HEARTBEAT_MS;
const SUPERVISOR = fileURLToPath(new URL("../../commands/batch_supervisor.ts", import.meta.url));

/** Runs jobs as processes of this machine, which go on when the command has ended. */
export class LocalRunner implements Runner {
  readonly on = "local";
  readonly #out: Storage;
  readonly #cores: number;

  /**
   * @param out The output, where the state of the jobs is kept.
   * @param cores Cores that may be used.
   */
  constructor(out: Storage, cores: number) {
    this.#out = out;
    this.#cores = cores;
  }

  prepare(): Promise<Record<string, string>> {
    return Promise.resolve({});
  }

  submit({ submission, environment }: JobRequest): Promise<SubmittedJob> {
    const atOnce = Math.max(1, Math.floor(this.#cores / submission.vcpus));
    const deno = Deno.execPath();
    const child = new Deno.Command(deno, {
      // What may run deno may do all that its user may: it starts workers with less.
      args: [
        ...WORKER_ARGUMENTS,
        "--allow-sys=osRelease,hostname",
        `--allow-run=${deno}`,
        SUPERVISOR,
      ],
      env: { ...environment, MEGAPTERA_AT_ONCE: String(atOnce) },
      stdin: "null",
      stdout: "null",
      stderr: "null",
      detached: true,
    }).spawn();
    child.unref();
    return Promise.resolve({ id: String(child.pid), at: hostname() });
  }

  async find({ run, number }: Submission): Promise<SubmittedJob | undefined> {
    const state = await readLocalState(this.#out, run, number);
    return state && { id: String(state.pid ?? 0), at: state.machine };
  }

  async describe(submission: TakenSubmission): Promise<JobViews> {
    const { run, number, shares } = submission;
    const state = await readLocalState(this.#out, run, number);
    const path = state ? localStatePath(run, number) : submissionPath(run, number);
    const isSilent = (await this.#out.ageMs(path) ?? Infinity) > SILENT_MS;
    if (!state) {
      const gone = { state: "failed", reason: "its machine never began with it" } as const;
      const view = isSilent ? gone : { state: "waiting" } as const;
      return { jobs: shares.map((_, index) => ({ index, ...view })), notes: [] };
    }
    const jobs = state.jobs.map(({ attempts: _, ...job }): JobView => job);
    if (!isSilent) return { jobs, notes: [] };
    // Workers end with the machine or process that started them; some had done their share before.
    const open = jobs.filter(({ state }) => state === "running" || state === "waiting");
    const reason = `${state.machine} has given no sign of life since ${
      new Date(state.aliveMs).toISOString()
    }`;
    const ended = await endedBefore(this.#out, submission, open.map(({ index }) => index), reason);
    const views = new Map(ended.map((view) => [view.index, view]));
    return {
      jobs: jobs.map((job) => {
        const view = views.get(job.index);
        if (!view) return job;
        return { startedMs: job.startedMs, stoppedMs: state.aliveMs, ...view };
      }),
      notes: [],
    };
  }

  /** Gives none: the output keeps all that there is. */
  logs(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async cancel({ run, number }: Submission): Promise<void> {
    await this.#out.write([{ path: localCancelPath(run, number), text: "" }]);
  }
}
