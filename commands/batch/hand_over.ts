import {
  BACK_ENDS,
  type BackEndName,
  changedSince,
  type Estimate,
  estimate,
  handOver,
  keepOutcome,
  keepSubmission,
  openPlanArchive,
  type Plan,
  type PlannedHour,
  readLostHours,
  runnerFor,
  shares as sharesOf,
  type Submission,
  verifyRun,
} from "../../batch/mod.ts";
import { formatUtc, MegapteraError } from "../../core/mod.ts";
import { openStorage, type Storage } from "../../pipeline/places/mod.ts";
import { print, tell } from "../print.ts";
import type { OutputArguments, SubmitArguments } from "./batch_options.ts";
import { outputAccess } from "./open_run.ts";
import { countOf, printEstimate } from "./say_estimate.ts";
import { type SharesLeft, sharesToScore } from "./shares_to_score.ts";

/** A job that takes so much longer than it should hangs. */
const LIMIT_FACTOR = 6;
const LEAST_LIMIT_SECONDS = 3600;

/** A run whose shares are handed over, and to what. */
interface Handover {
  out: Storage;
  trees: readonly Storage[];
  plan: Plan;
  on: Submission["on"];
  vcpus: number;
  settings: Readonly<Record<string, string>>;
  /** Options that come from the output, where others may have written, and not from the user. */
  reused?: readonly string[];
  signal: AbortSignal;
  /** Done before anything is written, of a run that is new. */
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
    const left = await sharesToScore(
      out,
      plan,
      () => verifyRun(out, trees, plan),
      (found) => findChanged(work, found, options),
    );
    for (const note of left.notes) tell(note);
    const { shares, number, hoursDone, hoursLeft } = left;
    if (shares.length === 0) {
      for (const line of left.why) print(line);
      return false;
    }
    if (shares.length > confirmed) {
      sayLeft(left, work.beforeWriting !== undefined);
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

/** Looks at the recordings of hours that lack audio, where they can be reached from here. */
async function findChanged(
  { trees, plan, signal }: Handover,
  found: readonly PlannedHour[],
  { endpoint }: OutputArguments,
): Promise<{ changed: readonly PlannedHour[]; note?: string }> {
  const lost = await readLostHours(trees, found);
  if (lost.length === 0) return { changed: [] };
  try {
    // Those of too low a rate keep their version, and are not offered again.
    const source = Deno.env.get("MEGAPTERA_SOURCE");
    using opened = await openPlanArchive(plan, { detectorRateHz: 0, endpoint, source, signal });
    const changed = await changedSince(opened.archive, lost);
    const hours = new Set(changed.map(({ hourMs }) => hourMs));
    return { changed: found.filter(({ hourMs }) => hours.has(hourMs)) };
  } catch (error) {
    if (!(error instanceof MegapteraError)) throw error;
    const hours = lost.length === 1 ? "1 hour" : `${lost.length} hours`;
    const note = `Whether recordings of ${hours} that lack audio have changed can't be told from ` +
      `here: ${error.message}`;
    return { changed: [], note };
  }
}

function sayLeft({ hoursLeft, hoursChanged }: SharesLeft, isNew: boolean): void {
  const missing = hoursLeft - hoursChanged;
  if (missing > 0 && !isNew) {
    print(missing === 1 ? "1 hour is missing." : `${missing} hours are missing.`);
  }
  if (hoursChanged === 0) return;
  const hours = hoursChanged === 1 ? "1 hour lacks" : `${hoursChanged} hours lack`;
  print(`${hours} audio of recordings that can be had now, or have changed since.`);
}

/** Prints what shares take, and asks where that costs money or is done as the output says. */
function confirmShares(
  { plan, on, vcpus, reused = [] }: Handover,
  jobs: number,
  hoursLeft: number,
  { maxCost, yes }: SubmitArguments,
): void {
  const cost = estimate(hoursLeft, plan.coreSecondsPerHour, jobs, vcpus);
  printEstimate(cost, on);
  checkCost(cost, on, maxCost);
  if (reused.length > 0) {
    print(`As the last submission, with --on ${on} --vcpus ${vcpus} ${reused.join(" ")}`);
  }
  if ((BACK_ENDS[on].isRented || reused.length > 0) && !yes) ask(`Start ${countOf(jobs)}?`);
}

function checkCost({ onDemand }: Estimate, on: BackEndName, maxCost: number | undefined): void {
  if (!BACK_ENDS[on].isRented || maxCost === undefined || onDemand <= maxCost) return;
  throw new MegapteraError(
    "usage",
    `Cannot start the run as it may cost about $${
      onDemand.toFixed(2)
    } at on-demand prices, more than ` +
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

/**
 * Asks before something is done that costs money or can't be undone.
 *
 * @param question Ends in a question mark.
 * @throws {MegapteraError} `usage` where the answer is no, or nobody is there to ask.
 */
export function ask(question: string): void {
  if (!Deno.stdin.isTerminal()) {
    throw new MegapteraError(
      "usage",
      `Cannot ask "${question}" as there is no terminal: say --yes.`,
    );
  }
  if (confirm(question)) return;
  throw new MegapteraError("usage", "Nothing was done, as the answer was no.");
}
