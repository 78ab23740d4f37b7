import { MegapteraError } from "../../core/mod.ts";
import type { JobView } from "../runner.ts";

/** Outcome of a tool of Slurm. */
interface ToolResult {
  success: boolean;
  out: string;
  err: string;
}

/**
 * Runs one of Slurm's tools; its times come in UTC.
 *
 * @param name The tool.
 * @param args Its arguments.
 * @param input What it reads.
 * @throws {MegapteraError} `configuration` where there is no such tool.
 */
export async function runTool(
  name: string,
  args: readonly string[],
  input = "",
): Promise<ToolResult> {
  try {
    const child = new Deno.Command(name, {
      args: [...args],
      // Else it ends long lists of waiting tasks with dots.
      env: { TZ: "UTC", LC_ALL: "C", SLURM_BITSTR_LEN: "0" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input)).catch(() => {});
    await writer.close().catch(() => {});
    const { success, stdout, stderr } = await child.output();
    const text = new TextDecoder();
    return { success, out: text.decode(stdout), err: text.decode(stderr).trim() };
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new MegapteraError(
        "denied",
        `Cannot ask Slurm about jobs of this run as this command may not run ${name}: use ` +
          "batch-status, batch-cancel or batch-retry --on slurm.",
        { cause },
      );
    }
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new MegapteraError(
      "configuration",
      `Cannot ask Slurm as there is no ${name} here: run this on a machine of the cluster, or use ` +
        "--on local.",
      { cause },
    );
  }
}

/** State of a task of an array, as Slurm tells it. */
export type SlurmTask = Omit<JobView, "index"> & { task: number };

const WAITING = ["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "SUSPENDED", "RESIZING"];
const RUNNING = ["RUNNING", "COMPLETING", "STAGE_OUT", "SIGNALING"];
/** More tasks than any site lets an array have. */
const MOST_TASKS = 4_000_001;
/** Advice to a user by how a task ended. */
const HINTS: Readonly<Record<string, string>> = {
  OUT_OF_MEMORY: "it took more memory than it was given: ask for more --vcpus",
  TIMEOUT: "its time was over: give more --time",
  NODE_FAIL: "its node failed",
  PREEMPTED: "another job took its place",
  CANCELLED: "it was cancelled",
};

/**
 * Reads what `scontrol -o show job` prints.
 *
 * @param text Its output, a line a task; tasks that wait may share one.
 * @returns The tasks.
 */
export function parseScontrol(text: string): SlurmTask[] {
  return text.split("\n").filter((line) => line.includes("JobState=")).flatMap((line) => {
    const field = (name: string): string =>
      new RegExp(`(?:^| )${name}=(\\S*)`).exec(line)?.[1] ?? "";
    const view = viewOf(
      field("JobState"),
      field("Reason"),
      field("ExitCode"),
      field("StartTime"),
      field("EndTime"),
    );
    return tasksOf(field("ArrayTaskId")).map((task) => ({ task, ...view }));
  });
}

/**
 * Reads what `sacct -P -n -X --format=JobID,State,ExitCode,Start,End` prints.
 *
 * @param text Its output.
 * @returns The tasks.
 */
export function parseSacct(text: string): SlurmTask[] {
  return text.split("\n").flatMap((line) => {
    const [id, state, exitCode, start, end] = line.split("|");
    const tasks = /^\d+_(.+)$/.exec(id)?.[1];
    // A line that was cut says nothing for sure.
    if (tasks === undefined || end === undefined) return [];
    const view = viewOf(state.split(" ")[0], "", exitCode, start, end);
    return tasksOf(tasks.replace(/[[\]]/g, "")).map((task) => ({ task, ...view }));
  });
}

/** Reads `0`, `4-11%5`, `1,3,5-7`, and `2-8:2` for every second one. */
function tasksOf(text: string): number[] {
  return text.replace(/%.*/, "").split(",").flatMap((part) => {
    const [first, last = first, step = 1] = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(part)?.slice(1)
      .filter((digits) => digits !== undefined).map(Number) ?? [0, -1];
    const count = Math.floor((Math.min(last, MOST_TASKS) - first) / Math.max(1, step)) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => first + i * step);
  });
}

function viewOf(
  state: string,
  reason: string,
  exitCode: string,
  start: string,
  end: string,
): Omit<JobView, "index"> {
  const timeOf = (text: string): number | undefined => {
    const ms = Date.parse(`${text}Z`);
    return Number.isNaN(ms) ? undefined : ms;
  };
  const startedMs = timeOf(start);
  const why = reason === "" || reason === "None" ? undefined : reason;
  if (WAITING.includes(state)) return { state: "waiting", reason: why };
  if (RUNNING.includes(state)) return { state: "running", startedMs };
  const stoppedMs = timeOf(end);
  const code = Number(exitCode.split(":")[0]);
  if (state === "COMPLETED") return { state: "succeeded", exitCode: 0, startedMs, stoppedMs };
  const hint = HINTS[state] ?? why ?? state;
  const isCancelled = state === "CANCELLED" || undefined;
  return { state: "failed", isCancelled, exitCode: code, reason: hint, startedMs, stoppedMs };
}
