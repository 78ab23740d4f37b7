import { setTimeout as wait } from "node:timers/promises";
import {
  causeOf,
  type Plan,
  PRICES,
  readLogTail,
  type RunStatus,
  shares,
  type ShareView,
} from "../../batch/mod.ts";
import { EXIT_CODES, formatUtc, MegapteraError } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import type { Environment } from "../environment.ts";
import { commandLine, optionWords, tellNext } from "../next.ts";
import { print, printRaw, tell } from "../print.ts";
import type { OutputArguments } from "./batch_options.ts";
import { openRun } from "./open_run.ts";
import { loadStatus } from "./shares_to_score.ts";

const EVERY_MS = 5_000;
/** Clears a terminal and goes to its top. */
const CLEAR = "\u001b[2J\u001b[H";

/**
 * Shows how a run goes until all its jobs have ended. Being interrupted ends the watching, never the
 * run.
 *
 * @returns The exit code: 0, 3 where hours have no audio, 65 where hours are not there, 130.
 */
export async function watchRun(
  run: string | undefined,
  options: OutputArguments,
  environment: Environment,
): Promise<number> {
  const { signal } = environment;
  let name = run;
  try {
    using opened = await openRun(run, options, signal);
    name = opened.plan.run;
    for (;;) {
      const status = await loadStatus(opened).catch(sayPassing);
      if (status === undefined) {
        await wait(EVERY_MS, undefined, { signal });
        continue;
      }
      const lines = await statusLines(opened.plan, status, opened.out);
      const isTerminal = Deno.stdout.isTerminal();
      if (isTerminal) printRaw(CLEAR);
      if (isTerminal || status.isEnded) { for (const line of lines) print(line); }
      else print(lines.slice(1, 3).join("; "));
      if (status.isEnded) {
        tellWayOn(name, status, options, environment);
        if (status.hours.missing > 0) return EXIT_CODES.data;
        return status.hours["no audio"] > 0 ? EXIT_CODES.audioMissing : EXIT_CODES.complete;
      }
      await wait(EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    tell("The watching ended; the run goes on.");
    if (name !== undefined) sayNext(name, options, environment);
    return EXIT_CODES.interrupted;
  }
}

/** Tells a fault that passes, such as a busy queue or a network that is away; throws others. */
function sayPassing(error: unknown): undefined {
  if (!(error instanceof MegapteraError) || error.kind !== "retry") throw error;
  tell(error.message);
}

/** Failures that are shown, and log lines of each. */
const FAILURES_SHOWN = 10;
const LINES_SHOWN = 3;

/**
 * Puts a run's status into lines for people.
 *
 * @param plan The plan.
 * @param status Its status.
 * @param out The output, for the log lines of what failed.
 */
export async function statusLines(plan: Plan, status: RunStatus, out: Storage): Promise<string[]> {
  const { hours, left, jobs, speed, endMs, vcpuHours, dollars, failed, notes } = status;
  const lines = [
    `Run ${plan.run}: ${plan.start} to ${plan.stop} into ${out.name}`,
    `hours   ${hours.whole} scored, ${hours["no audio"]} without audio, ${hours.missing} left` +
    whereLeft(left),
    `jobs    ${jobs.running} running, ${jobs.waiting} waiting, ${jobs.succeeded} succeeded, ` +
    `${jobs.failed} failed${jobs.cancelled > 0 ? `, ${jobs.cancelled} cancelled` : ""}`,
  ];
  if (plan.detector.notice !== undefined) lines.push(`note    ${plan.detector.notice}`);
  if (speed > 0 && hours.missing > 0) {
    const end = endMs === undefined
      ? ""
      : `; it should end at ${formatUtc(Math.round(endMs / 1000) * 1000)}`;
    lines.push(`speed   ${speed.toFixed(1)} hours of the range an hour${end}`);
  }
  if (vcpuHours > 0) {
    const cost = dollars === undefined
      ? ""
      : `, about $${dollars.toFixed(2)} at Spot prices of ${PRICES.date}`;
    lines.push(`used    ${vcpuHours.toFixed(2)} vCPU-hours${cost}`);
  }
  for (const note of notes) lines.push(`note    ${note}`);
  const cut = shares(plan);
  for (const view of failed.slice(0, FAILURES_SHOWN)) {
    lines.push(...await failureLines(plan, view, cut[view.share], out));
  }
  if (failed.length > FAILURES_SHOWN) {
    lines.push(
      `${
        failed.length - FAILURES_SHOWN
      } more failed: \`batch-logs --failed\` groups them by cause.`,
    );
  }
  return lines;
}

async function failureLines(
  plan: Plan,
  { share, exitCode, reason, hoursMissing }: ShareView,
  hours: readonly number[],
  out: Storage,
): Promise<string[]> {
  const code = exitCode === undefined ? "" : ` with ${exitCode}`;
  const tail = await readLogTail(out, plan.run, share) ?? [];
  const cause = causeOf({ share, exitCode, reason, lines: tail });
  const said = reason === undefined || reason === cause ? "" : ` (${reason})`;
  return [
    `share ${share} from ${formatUtc(hours[0])} failed${code}, ${hoursMissing} of its ` +
    `${hours.length} hours are missing: ${cause}${said}`,
    ...tail.slice(-LINES_SHOWN).map((line) => `  ${line}`),
  ];
}

/** Counts the hours that are left by the state of their jobs. */
function whereLeft({ running, waiting, failed, cancelled }: RunStatus["left"]): string {
  const states = { running, waiting, "that failed": failed, "that were cancelled": cancelled };
  const parts = Object.entries(states)
    .filter(([, hours]) => hours > 0).map(([state, hours]) => `${state}: ${hours}`);
  return parts.length === 0 ? "" : ` (of jobs ${parts.join(", ")})`;
}

/** Prints the commands that take a run up, from here or from any machine with access. */
export function sayNext(run: string, options: OutputArguments, { called }: Environment): void {
  const line = (name: string, ...more: readonly string[]): string =>
    commandLine([name, run, ...outputWords(options), ...more], called);
  print(`How it goes:      ${line("batch-status", "--watch")}`);
  print(`Stop it:          ${line("batch-cancel")}`);
  print(`What is missing:  ${line("batch-retry")}`);
  print(`Check it:         ${line("batch-verify")}`);
}

/** Spells the options that say where a run's output is. */
export function outputWords(options: OutputArguments): string[] {
  return optionWords(options, "out", "outRegion", "endpoint");
}

/**
 * Says what to do next about a run, by how it is.
 *
 * @param run Its name.
 * @param status Its status.
 * @param options Where its output is.
 * @param environment How commands are started.
 */
export function tellWayOn(
  run: string,
  { isEnded, hours, jobs, failed, notes }: RunStatus,
  options: OutputArguments,
  environment: Environment,
): void {
  const next = (name: string, ...more: readonly string[]): void =>
    tellNext(environment, name, run, ...outputWords(options), ...more);
  const left = `${hours.missing} hour${hours.missing === 1 ? " is" : "s are"} left`;
  if (!isEnded) {
    tell(notes.length > 0 ? "Jobs are under way; see the notes." : "Jobs are under way: wait.");
    next("batch-status", "--watch");
  } else if (hours.missing === 0) {
    tell("All jobs have ended, and every hour is there or known to have no audio: check it.");
    next("batch-verify");
  } else if (failed.length > 0) {
    tell(`${left}: read why jobs failed, solve that, and submit what is missing again.`);
    next("batch-logs", "--failed");
    next("batch-retry");
  } else {
    const why = jobs.cancelled > 0 ? "jobs were cancelled" : "no job is at work on them";
    tell(`${left} as ${why}: submit them again.`);
    next("batch-retry");
  }
}
