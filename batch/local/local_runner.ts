import { hostname } from "node:os";
import { fileURLToPath } from "node:url";
import type { Storage } from "../../pipeline/storage/mod.ts";
import { localCancelPath } from "../plan/run_paths.ts";
import type { Submission, SubmittedJob } from "../plan/submission.ts";
import type { JobRequest, JobViews, Runner } from "../runner/runner.ts";
import { WORKER_ARGUMENTS } from "../runner/worker_command.ts";
import { readLocalState } from "./local_state.ts";
import { HEARTBEAT_MS } from "./supervise.ts";

/** After so long without a sign of life the machine is taken to be down. */
const SILENT_MS = 24 * HEARTBEAT_MS;
const SUPERVISOR = fileURLToPath(new URL("../supervisor.ts", import.meta.url));

/** Runs jobs as processes of this machine, which go on when the command has ended. */
export class LocalRunner implements Runner {
  readonly on = "local";
  readonly #out: Storage;
  readonly #cores: number;
  readonly #now: () => number;

  /**
   * @param out The output, where the state of the jobs is kept.
   * @param cores Cores that may be used.
   * @param now Epoch milliseconds.
   */
  constructor(out: Storage, cores: number, now: () => number = Date.now) {
    this.#out = out;
    this.#cores = cores;
    this.#now = now;
  }

  submit({ submission, environment }: JobRequest): Promise<SubmittedJob> {
    const atOnce = Math.max(1, Math.floor(this.#cores / submission.vcpus));
    const child = new Deno.Command(Deno.execPath(), {
      args: [...WORKER_ARGUMENTS, "--allow-run", "--allow-sys=osRelease,hostname", SUPERVISOR],
      env: { ...environment, MEGAPTERA_AT_ONCE: String(atOnce) },
      stdin: "null",
      stdout: "null",
      stderr: "null",
      detached: true,
    }).spawn();
    child.unref();
    return Promise.resolve({ id: String(child.pid), at: hostname() });
  }

  async describe(submission: Submission): Promise<JobViews> {
    const state = await readLocalState(this.#out, submission.run, submission.number);
    if (!state) {
      const isLate = this.#now() - Date.parse(submission.submitted) > SILENT_MS;
      const gone = { state: "failed", reason: "its machine never began with it" } as const;
      const view = isLate ? gone : { state: "waiting" } as const;
      return { jobs: submission.shares.map((_, index) => ({ index, ...view })), notes: [] };
    }
    const isSilent = this.#now() - state.aliveMs > SILENT_MS;
    const jobs = state.jobs.map(({ attempts: _, ...job }) => {
      const isOpen = job.state === "running" || job.state === "waiting";
      if (!isSilent || !isOpen) return job;
      const reason = `${state.machine} has given no sign of life since ${
        new Date(state.aliveMs).toISOString()
      }`;
      return { ...job, state: "failed" as const, reason };
    });
    return { jobs, notes: [] };
  }

  /** The output keeps all that there is. */
  logs(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async cancel({ run, number }: Submission): Promise<void> {
    await this.#out.write([{ path: localCancelPath(run, number), text: "" }]);
  }
}
