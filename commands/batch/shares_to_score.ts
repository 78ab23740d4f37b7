import type { Plan } from "../../batch/plan/plan.ts";
import { readSubmissions } from "../../batch/plan/submission.ts";
import type { PlannedHour } from "../../batch/results/verify_run.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import type { Storage } from "../../pipeline/storage/mod.ts";
import { formatUtc } from "../../pipeline/utc.ts";
import { runnerFor } from "./runner_for.ts";

/** What of a run is still to be handed over. */
export interface SharesLeft {
  shares: number[];
  hoursDone: number;
  hoursLeft: number;
  /** Why there is nothing, where there is nothing. */
  why: string;
}

/**
 * The shares that lack hours and that no job is at work on: found by the results, not by how jobs
 * ended.
 *
 * @param out The output.
 * @param plan The plan.
 * @param found What was found of its hours.
 * @throws {MegapteraError} `configuration` where hours of another fingerprint lie there.
 */
export async function sharesToScore(
  out: Storage,
  plan: Plan,
  found: readonly PlannedHour[],
): Promise<SharesLeft> {
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
  const lacking = found.filter(({ state }) => state === "missing" || state === "damaged");
  const underWay = lacking.length === 0 ? new Set<number>() : await sharesUnderWay(out, plan.run);
  const open = lacking.filter(({ share }) => !underWay.has(share));
  const why = lacking.length === 0
    ? "Nothing is missing: every hour is there or is known to have no audio."
    : `Nothing is started: jobs are at work on all ${lacking.length} hours that are left.`;
  return {
    shares: [...new Set(open.map(({ share }) => share))],
    hoursDone: found.length - lacking.length,
    hoursLeft: open.length,
    why,
  };
}

async function sharesUnderWay(out: Storage, run: string): Promise<Set<number>> {
  const shares = new Set<number>();
  for (const submission of await readSubmissions(out, run)) {
    if (submission.job === undefined) continue;
    const runner = await runnerFor(submission.on, submission.settings, out);
    for (const { index, state } of (await runner.describe(submission)).jobs) {
      if (state === "waiting" || state === "running") shares.add(submission.shares[index]);
    }
  }
  return shares;
}
