import { type Estimate, estimate } from "../../batch/cost/estimate.ts";
import { PRICES } from "../../batch/cost/prices.ts";
import type { Plan } from "../../batch/plan/plan.ts";
import { shares as sharesOf } from "../../batch/plan/shares.ts";
import { keepOutcome, keepSubmission, type Submission } from "../../batch/plan/submission.ts";
import { verifyRun } from "../../batch/results/verify_run.ts";
import { handOver } from "../../batch/runner/handover.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import { openStorage, type Storage } from "../../pipeline/storage/mod.ts";
import { formatUtc } from "../../pipeline/utc.ts";
import type { OutputArguments, SubmitArguments } from "../batch_arguments.ts";
import { print, tell } from "../print.ts";
import { ask } from "./ask.ts";
import { outputAccess } from "./open_run.ts";
import { runnerFor } from "./runner_for.ts";
import { sharesToScore } from "./shares_to_score.ts";

/** A job that takes so much longer than it should hangs. */
const LIMIT_FACTOR = 6;
const LEAST_LIMIT_SECONDS = 3600;

/** A run whose shares are handed over, and to what. */
export interface Handover {
  out: Storage;
  trees: readonly Storage[];
  plan: Plan;
  on: Submission["on"];
  vcpus: number;
  settings: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Told how many hours are missing, before anything is asked or written. */
  onMissing?: (hours: number) => void;
  /** Done before anything is written. */
  beforeWriting?: () => Promise<void>;
}

/**
 * Hands over what is missing of a run and nobody is at work on. Of several who do so at once, one
 * does: the others look again, and find its jobs at work.
 *
 * @returns Whether anything was handed over.
 * @throws {MegapteraError} `usage` where it costs too much, or the answer is no; as the back end.
 */
export async function handOverMissing(
  work: Handover,
  options: OutputArguments & SubmitArguments,
): Promise<boolean> {
  const { out, trees, plan, on, vcpus, signal } = work;
  let confirmed = 0;
  for (;;) {
    const left = await sharesToScore(out, plan, () => verifyRun(out, trees, plan));
    const { shares, number, hoursDone, hoursLeft } = left;
    if (shares.length === 0) {
      for (const line of left.why) print(line);
      return false;
    }
    if (shares.length > confirmed) {
      work.onMissing?.(hoursLeft);
      confirmShares(work, shares.length, hoursLeft, options);
      confirmed = shares.length;
    }
    const settings = await (await runnerFor(on, work.settings, out)).prepare();
    const runner = await runnerFor(on, settings, out);
    signal.throwIfAborted();
    // What is begun is noted to its end, also where the signal comes meanwhile.
    using access = outputAccess(options);
    const sure = openStorage(options.out, access);
    await work.beforeWriting?.();
    const outcomes = await Promise.all(left.lost.map((lost) => keepOutcome(sure, lost, null)));
    const isStill = outcomes.every(({ isGivenUp }) => isGivenUp);
    const submission = isStill && await keepSubmission(sure, {
      run: plan.run,
      number,
      on,
      submitted: formatUtc(Math.floor(Date.now() / 1000) * 1000),
      shares,
      vcpus,
      hoursDone,
      settings: { ...settings },
    });
    if (!submission) {
      tell("Another command has just handed over jobs of this run: looking again.");
      continue;
    }
    const longest = Math.max(...sharesOf(plan).map((hours) => hours.length));
    const expected = longest * plan.coreSecondsPerHour / vcpus;
    const job = await handOver(sure, runner, {
      submission,
      environment: environmentOf(submission, options),
      limitSeconds: Math.max(LEAST_LIMIT_SECONDS, Math.ceil(expected * LIMIT_FACTOR)),
    });
    print(`Submitted ${countOf(shares.length)} on ${on}: ${job.id}`);
    return true;
  }
}

const countOf = (jobs: number): string => `${jobs} job${jobs === 1 ? "" : "s"}`;

/** Prints what shares take, and asks where that costs money. */
function confirmShares(
  { plan, on, vcpus }: Handover,
  jobs: number,
  hoursLeft: number,
  { maxCost, yes }: SubmitArguments,
): void {
  const cost = estimate(hoursLeft, plan.coreSecondsPerHour, jobs, vcpus);
  printEstimate(cost, on);
  checkCost(cost, on, maxCost);
  if (on === "aws" && !yes) ask(`Start ${countOf(jobs)}?`);
}

/** What a run takes, for people. */
export function printEstimate({ jobs, vcpuHours, onDemand, spot }: Estimate, on?: string): void {
  print(`${jobs} job${jobs === 1 ? "" : "s"}, about ${vcpuHours.toFixed(1)} vCPU-hours.`);
  if (on === "local" || on === "slurm") return;
  print(
    `On AWS about $${spot.toFixed(2)} at Spot and at most $${onDemand.toFixed(2)} at on-demand ` +
      `prices (table of ${PRICES.date}, ${PRICES.region}).`,
  );
}

function checkCost({ onDemand }: Estimate, on: string, maxCost: number | undefined): void {
  if (on !== "aws" || maxCost === undefined || onDemand <= maxCost) return;
  throw new MegapteraError(
    "usage",
    `Cannot start the run as it may cost $${onDemand.toFixed(2)} at on-demand prices, more than ` +
      `--max-cost ${maxCost}: plan a shorter range, or allow more.`,
  );
}

function environmentOf(
  { run, number }: Submission,
  { out, outRegion, endpoint }: OutputArguments,
): Record<string, string> {
  return {
    MEGAPTERA_OUT: out,
    MEGAPTERA_RUN: run,
    MEGAPTERA_SUBMISSION: String(number),
    ...(outRegion === undefined ? {} : { MEGAPTERA_OUT_REGION: outRegion }),
    ...(endpoint === undefined ? {} : { MEGAPTERA_ENDPOINT: endpoint }),
  };
}
