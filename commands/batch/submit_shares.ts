import { type Estimate, estimate } from "../../batch/cost/estimate.ts";
import { PRICES } from "../../batch/cost/prices.ts";
import type { Plan } from "../../batch/plan/plan.ts";
import { shares as sharesOf } from "../../batch/plan/shares.ts";
import { keepJob, keepSubmission, type Submission } from "../../batch/plan/submission.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import type { Storage } from "../../pipeline/storage/mod.ts";
import { formatUtc } from "../../pipeline/utc.ts";
import type { OutputArguments, SubmitArguments } from "../batch_arguments.ts";
import { print } from "../print.ts";
import { ask } from "./ask.ts";
import { runnerFor } from "./runner_for.ts";

/** A job that takes so much longer than it should hangs. */
const LIMIT_FACTOR = 6;
const LEAST_LIMIT_SECONDS = 3600;

/** What is handed over. */
export interface SharesToSubmit {
  out: Storage;
  plan: Plan;
  shares: readonly number[];
  /** Hours of the plan that are done. */
  hoursDone: number;
  /** Hours of the shares that are still to be scored. */
  hoursLeft: number;
  on: Submission["on"];
  vcpus: number;
  settings: Record<string, string>;
}

/**
 * Prints what shares take, and asks where that costs money.
 *
 * @throws {MegapteraError} `usage` where it costs too much, or the answer is no.
 */
export function confirmShares(
  { plan, shares, hoursLeft, on, vcpus }: SharesToSubmit,
  { maxCost, yes }: SubmitArguments,
): void {
  const cost = estimate(hoursLeft, plan.coreSecondsPerHour, shares.length, vcpus);
  printEstimate(cost, on);
  checkCost(cost, on, maxCost);
  if (on === "aws" && !yes) ask(`Start ${shares.length} job${shares.length === 1 ? "" : "s"}?`);
}

/** Hands shares over to machines. */
export async function submitShares(
  work: SharesToSubmit,
  options: OutputArguments,
): Promise<Submission> {
  const { out, plan, shares, hoursDone, on, vcpus, settings } = work;
  const runner = await runnerFor(on, settings, out);
  const submission = await keepSubmission(out, {
    run: plan.run,
    on,
    submitted: formatUtc(Math.floor(Date.now() / 1000) * 1000),
    shares: [...shares],
    vcpus,
    hoursDone,
    settings,
  });
  const longest = Math.max(...sharesOf(plan).map((hours) => hours.length));
  const expected = longest * plan.coreSecondsPerHour / vcpus;
  const job = await runner.submit({
    submission,
    environment: environmentOf(submission, options),
    limitSeconds: Math.max(LEAST_LIMIT_SECONDS, Math.ceil(expected * LIMIT_FACTOR)),
  });
  print(`Submitted ${shares.length} job${shares.length === 1 ? "" : "s"} on ${on}: ${job.id}`);
  return await keepJob(out, submission, job);
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
