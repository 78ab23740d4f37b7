import { join } from "node:path";
import { DAY_MS, MegapteraError } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import { endedBefore } from "../handover.ts";
import { slurmLogPath } from "../run_paths.ts";
import type { JobRequest, JobView, JobViews, Runner, TakenSubmission } from "../runner.ts";
import type { Submission, SubmittedJob } from "../submission.ts";
import { arrayName, slurmOptions, slurmScript } from "./slurm_script.ts";
import { parseSacct, parseScontrol, runTool, type SlurmTask } from "./slurm_tools.ts";

const USUAL_MOST_TASKS = 1001;
/** Lines of a log that are shown. */
const LOG_LINES = 100;

/** One array of a submission: its number in Slurm, and the index that its tasks begin at. */
interface SlurmArray {
  id: string;
  first: number;
}

/** Runs jobs as tasks of Slurm's arrays. */
export class SlurmRunner implements Runner {
  readonly on = "slurm";
  readonly #settings: Readonly<Record<string, string>>;
  readonly #out: Storage;

  /**
   * @param settings `partition`, `account`, `time`, `container`.
   * @param out The output; where it is a folder, tasks' own output goes there too.
   */
  constructor(settings: Readonly<Record<string, string>>, out: Storage) {
    this.#settings = settings;
    this.#out = out;
  }

  prepare(): Promise<Readonly<Record<string, string>>> {
    const { container } = this.#settings;
    if (container === undefined || /^apptainer:[^-]/.test(container)) {
      return Promise.resolve(this.#settings);
    }
    throw new MegapteraError(
      "usage",
      `Cannot run the worker in ${container} as it must be like --container apptainer:IMAGE.`,
    );
  }

  async submit(request: JobRequest): Promise<SubmittedJob> {
    const { submission } = request;
    const most = await mostTasks();
    const arrays: SlurmArray[] = [];
    for (let first = 0; first < submission.shares.length; first += most) {
      const count = Math.min(most, submission.shares.length - first);
      const logFile = await this.#prepareLogs(submission, first);
      const settings = this.#settings;
      const script = { ...request, first, count, logFile, settings };
      const args = ["--parsable", ...slurmOptions(script)];
      const { success, out, err } = await runTool("sbatch", args, slurmScript(script));
      if (!success) {
        // All or nothing: nobody would know of those that were taken.
        if (arrays.length > 0) await runTool("scancel", arrays.map(({ id }) => id));
        throw refused(submission, err);
      }
      arrays.push({ id: out.trim().split(";")[0], first });
    }
    return nameArrays(arrays);
  }

  async find(submission: Submission): Promise<SubmittedJob | undefined> {
    const most = await mostTasks();
    const firsts = new Map<string, number>();
    for (let first = 0; first < submission.shares.length; first += most) {
      firsts.set(arrayName(submission, first), first);
    }
    const names = `--name=${[...firsts.keys()].join(",")}`;
    const queued = await runTool("squeue", ["--noheader", "--states=all", "--format=%F|%j", names]);
    if (!queued.success) throw unanswered(submission, "squeue", queued.err);
    // The controller forgets what has ended; the accounts may be kept or not.
    const sacct = ["-P", "-n", "-X", names, "-S", sinceOf(submission), "--format=JobID,JobName"];
    const accounted = await runTool("sacct", sacct).catch(() => undefined);
    const found = new Map<number, string>();
    for (const line of `${queued.out}\n${accounted?.success ? accounted.out : ""}`.split("\n")) {
      const [, id, name] = /^(\d+)(?:_[^|]*)?\|(.*)$/.exec(line.trim()) ?? [];
      const first = firsts.get(name);
      if (first !== undefined && !found.has(first)) found.set(first, id);
    }
    if (found.size === 0) return undefined;
    return nameArrays([...found].sort(([a], [b]) => a - b).map(([first, id]) => ({ id, first })));
  }

  async describe(submission: TakenSubmission, isOpen = false): Promise<JobViews> {
    const views = new Map<number, JobView>();
    for (const { id, first } of arraysOf(submission)) {
      for (const { task, ...view } of await tasksOf(id, submission)) {
        views.set(first + task, { index: first + task, ...view });
      }
    }
    const lost = submission.shares.flatMap((_, index) => views.has(index) ? [] : [index]);
    const others: JobView[] = isOpen
      ? lost.map((index) => ({ index, state: "waiting" }))
      : await endedBefore(this.#out, submission, lost);
    for (const view of others) views.set(view.index, view);
    const jobs = [...views.values()].sort((a, b) => a.index - b.index);
    return { jobs, notes: waitingNotes(jobs) };
  }

  async logs(submission: TakenSubmission, index: number): Promise<string[] | undefined> {
    if (this.#out.isRemote) return undefined;
    const array = arraysOf(submission).findLast(({ first }) => first <= index)!;
    const path = slurmLogPath(submission.run, submission.number, array.first, index - array.first);
    const file = await this.#out.read(path);
    const lines = file?.text.split("\n").filter((line) => line !== "");
    return lines?.length ? lines.slice(-LOG_LINES) : undefined;
  }

  async cancel(submission: TakenSubmission): Promise<void> {
    const ids = arraysOf(submission).map(({ id }) => id);
    const { success, err } = await runTool("scancel", ids);
    if (success || /Invalid job id/i.test(err)) return;
    throw new MegapteraError("retry", `Cannot cancel ${submission.run} as scancel says: ${err}.`);
  }

  /** Makes the folder of a task's output, which Slurm opens itself. */
  async #prepareLogs({ run, number }: Submission, first: number): Promise<string> {
    if (this.#out.isRemote) return "/dev/null";
    const path = slurmLogPath(run, number, first, "%a");
    await Deno.mkdir(join(this.#out.name, path, ".."), { recursive: true });
    return join(this.#out.name.replaceAll("%", "%%"), path);
  }
}

function nameArrays(arrays: readonly SlurmArray[]): SubmittedJob {
  const id = arrays.map(({ id, first }) => first === 0 ? id : `${id}+${first}`).join(",");
  return { id, at: Deno.hostname() };
}

/** @throws {MegapteraError} `data` where it is no number: whoever changes an output runs nothing here. */
function arraysOf({ run, number, job }: TakenSubmission): SlurmArray[] {
  return job.id.split(",").map((text) => {
    const [, id, first = "0"] = /^(\d+)(?:\+(\d+))?$/.exec(text) ?? [];
    if (id !== undefined) return { id, first: Number(first) };
    throw new MegapteraError(
      "data",
      `Cannot ask Slurm about submission ${number} of ${run} as its output says that its job is ` +
        `"${job.id}", which is no number of Slurm's: see who changed the output.`,
    );
  });
}

/** Sites differ in how long an array may be. */
async function mostTasks(): Promise<number> {
  const { out } = await runTool("scontrol", ["show", "config"]);
  const said = /^MaxArraySize\s*=\s*(\d+)/m.exec(out)?.[1];
  return Math.max(1, Number(said ?? USUAL_MOST_TASKS) - 1);
}

/**
 * Asks the controller for the tasks of an array, and the accounts for those that it has forgotten.
 *
 * @throws {MegapteraError} `retry` where the controller does not answer: its tasks may well run.
 */
async function tasksOf(id: string, submission: Submission): Promise<SlurmTask[]> {
  const shown = await runTool("scontrol", ["-o", "show", "job", id]);
  if (!shown.success && !/Invalid job id/i.test(shown.err)) {
    throw unanswered(submission, "scontrol", shown.err);
  }
  const known = shown.success ? parseScontrol(shown.out) : [];
  const format = "--format=JobID,State,ExitCode,Start,End";
  const sacct = ["-P", "-n", "-X", "-j", id, "-S", sinceOf(submission), format];
  const accounted = await runTool("sacct", sacct).catch(() => undefined);
  const before = accounted?.success ? parseSacct(accounted.out) : [];
  const tasks = new Map([...before, ...known].map((task) => [task.task, task]));
  return [...tasks.values()];
}

/** Gives the time to ask sacct from, which without one forgets at midnight. */
function sinceOf({ submitted }: Submission): string {
  return new Date(Date.parse(submitted) - DAY_MS).toISOString().slice(0, 19);
}

function unanswered({ run }: Submission, tool: string, err: string): MegapteraError {
  return new MegapteraError(
    "retry",
    `Cannot ask Slurm about ${run} as ${tool} says "${err}": try again.`,
  );
}

function waitingNotes(jobs: readonly JobView[]): string[] {
  const why = jobs.find(({ state, reason }) => state === "waiting" && reason)?.reason;
  return why === undefined ? [] : [`Slurm says of tasks that wait: ${why}.`];
}

function refused({ run }: Submission, err: string): MegapteraError {
  const said = err.split("\n").at(-1)?.replace(
    /^sbatch: error: (Batch job submission failed: )?/,
    "",
  );
  const wayOn = /QOS|limit/i.test(err)
    ? "see your limits (sacctmgr show qos), and plan a shorter range"
    : /partition/i.test(err)
    ? "name one that sinfo shows with --partition"
    : /account/i.test(err)
    ? "name yours with --account"
    : "see sinfo and your cluster's rules";
  const passes = /unable to contact|connection refused|timed out|temporarily/i.test(err);
  return new MegapteraError(
    passes ? "retry" : "configuration",
    `Cannot hand ${run} over to Slurm as sbatch says "${said}": ${wayOn}.`,
  );
}
