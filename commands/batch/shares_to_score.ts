import {
  describeSubmission,
  type Plan,
  type PlannedHour,
  readSubmissions,
  runnerFor,
  type RunStatus,
  runStatus,
  type Submission,
  type SubmissionView,
} from "../../batch/mod.ts";
import { formatUtc, MegapteraError } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import type { OpenRun } from "./open_run.ts";

/** Shares of a run that are still to be handed over. */
export interface SharesLeft {
  shares: number[];
  hoursDone: number;
  hoursLeft: number;
  /** Hours among those left whose audio was lacking and can be had now. */
  hoursChanged: number;
  /** Sentences that a user should know besides. */
  notes: string[];
  /** Sentences on why there is nothing, where there is nothing. */
  why: string[];
  /** Number of the submission that takes them: another that takes it saw what this one saw. */
  number: number;
  /** Submissions that are to be given up before: their submitters were lost. */
  lost: Submission[];
}

/**
 * Finds the shares that lack hours and that no job is at work on: by the results, not by how jobs
 * ended.
 *
 * @param out The output.
 * @param plan The plan.
 * @param verify Looks at its hours.
 * @param findChanged Finds those that lacked audio which can be had now, or says why that can't be told.
 * @throws {MegapteraError} `configuration` where hours of another fingerprint lie there.
 */
export async function sharesToScore(
  out: Storage,
  plan: Plan,
  verify: () => Promise<PlannedHour[]>,
  findChanged: (
    found: readonly PlannedHour[],
  ) => Promise<{ changed: readonly PlannedHour[]; note?: string }>,
): Promise<SharesLeft> {
  // Before all else: whatever is submitted from now on takes the number that this one would.
  const submissions = await readSubmissions(out, plan.run);
  const found = await verify();
  const foreign = found.find(({ state }) => state === "another fingerprint");
  if (foreign) {
    throw new MegapteraError(
      "configuration",
      `Cannot score the run ${plan.run} into ${out.name} as hour ${
        formatUtc(foreign.hourMs)
      } there ` +
        `is of another fingerprint (${foreign.reason}): choose another --out.`,
    );
  }
  const { changed, note } = await findChanged(found);
  const lacking = [
    ...found.filter(({ state }) => state === "missing" || state === "damaged"),
    ...changed,
  ];
  const { shares, notes, lost } = lacking.length === 0
    ? { shares: new Set<number>(), notes: [], lost: [] }
    : await underWay(out, submissions);
  const open = lacking.filter(({ share }) => !shares.has(share));
  const why = lacking.length === 0
    ? ["Nothing is missing: every hour is there or is known to have no audio."]
    : [
      `Nothing is started: jobs are at work on all ${lacking.length} hours that are left.`,
      ...notes,
    ];
  return {
    shares: [...new Set(open.map(({ share }) => share))].sort((a, b) => a - b),
    hoursDone: found.length - lacking.length,
    hoursLeft: open.length,
    hoursChanged: open.filter((hour) => changed.includes(hour)).length,
    notes: note === undefined ? [] : [note],
    why,
    number: (submissions.at(-1)?.number ?? 0) + 1,
    lost,
  };
}

async function underWay(
  out: Storage,
  submissions: readonly Submission[],
): Promise<{ shares: Set<number>; notes: string[]; lost: Submission[] }> {
  const shares = new Set<number>();
  const notes = new Set<string>();
  const lost: Submission[] = [];
  for (const submission of submissions) {
    if (submission.isGivenUp) continue;
    const view = await askBackEnd(out, submission);
    if (view.isLost) lost.push(submission);
    for (const { index, state } of view.jobs) {
      if (state === "waiting" || state === "running") shares.add(submission.shares[index]);
    }
    for (const note of view.notes) notes.add(note);
  }
  return { shares, notes: [...notes], lost };
}

/** Tells how a run is at this moment. */
export async function loadStatus({ out, trees, plan }: OpenRun): Promise<RunStatus> {
  const submissions = await readSubmissions(out, plan.run);
  const describe = (submission: Submission) => askBackEnd(out, submission);
  return await runStatus(trees, plan, submissions, describe, Date.now());
}

/** Asks a submission's back end how its jobs are. */
async function askBackEnd(out: Storage, submission: Submission): Promise<SubmissionView> {
  const runner = await runnerFor(submission.on, submission.settings, out);
  return await describeSubmission(out, submission, runner);
}
