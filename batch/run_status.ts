import { HOUR_MS } from "../core/mod.ts";
import type { Storage } from "../pipeline/places/mod.ts";
import { type ListedHour, listHours } from "./list_hours.ts";
import { type Plan, plannedHours } from "./plan.ts";
import { dearestHour, PRICES } from "./prices.ts";
import type { JobView, JobViews } from "./runner.ts";
import { BACK_ENDS, type Submission } from "./submission.ts";

/** State of a share's last job: one that was cancelled has not failed. */
type ShareState = JobView["state"] | "cancelled";

/** A share's last job, and what is left of the share. */
export interface ShareView extends Omit<JobView, "state"> {
  state: ShareState;
  share: number;
  submission: Submission;
  hoursMissing: number;
}

/** Status of a run. */
export interface RunStatus {
  hours: Record<ListedHour["state"], number>;
  /** Missing hours by the state of their share's last job. */
  left: Record<ShareState, number>;
  /** Shares by their last job's state; those that were never handed over have none. */
  jobs: Record<ShareState, number>;
  /** Shares whose last job failed, and that lack hours or whose worker said that something is amiss. */
  failed: ShareView[];
  /** Whether every job that was handed over has ended. */
  isEnded: boolean;
  /**
   * Hours of the range done in an hour, planned pauses among them, since the last submission; 0 where
   * all has ended.
   */
  speed: number;
  /** Time when it should end at that speed, epoch milliseconds. */
  endMs?: number;
  vcpuHours: number;
  /** Dollars so far at Spot prices of the dated table; nothing where it costs none. */
  dollars?: number;
  notes: string[];
}

/**
 * Tells how a run is, by listing its results and asking its back ends.
 *
 * @param trees The score trees.
 * @param plan The plan.
 * @param submissions Its submissions, in their order.
 * @param describe Asks a submission's back end.
 * @param nowMs Epoch milliseconds.
 */
export async function runStatus(
  trees: readonly Storage[],
  plan: Plan,
  submissions: readonly Submission[],
  describe: (submission: Submission) => Promise<JobViews>,
  nowMs: number,
): Promise<RunStatus> {
  // Jobs first: one that ended meanwhile shows as running, never as failed with its hours there.
  const taken = submissions.filter(({ isGivenUp }) => !isGivenUp);
  const views = await Promise.all(taken.map(describe));
  const listed = await listHours(trees, plannedHours(plan));
  const hours = { whole: 0, "no audio": 0, missing: 0 };
  const missing = new Map<number, number>();
  listed.forEach(({ state }, i) => {
    hours[state]++;
    const share = Math.floor(i / plan.hoursPerJob);
    if (state === "missing") missing.set(share, (missing.get(share) ?? 0) + 1);
  });
  const last = new Map<number, ShareView>();
  let [vcpuHours, rentedHours] = [0, 0];
  taken.forEach((submission, n) => {
    for (const view of views[n].jobs) {
      const share = submission.shares[view.index];
      // An output that was changed may name jobs or shares that there are not.
      if (!(share * plan.hoursPerJob < listed.length)) continue;
      const hoursMissing = missing.get(share) ?? 0;
      // Done is what the results show: one that left no end, but every hour, has succeeded.
      const isDone = view.state === "failed" && view.exitCode === undefined && hoursMissing === 0;
      const isCancelled = view.isCancelled && hoursMissing > 0;
      const state = isDone ? "succeeded" : isCancelled ? "cancelled" : view.state;
      last.set(share, { ...view, state, share, submission, hoursMissing });
      const { startedMs = NaN, stoppedMs = view.state === "running" ? nowMs : NaN } = view;
      if (!(stoppedMs > startedMs)) continue;
      const took = (stoppedMs - startedMs) / HOUR_MS * submission.vcpus;
      vcpuHours += took;
      if (BACK_ENDS[submission.on].isRented) rentedHours += took;
    }
  });
  const jobs = { waiting: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
  const left = { ...jobs };
  for (const { state, hoursMissing } of last.values()) {
    jobs[state]++;
    left[state] += hoursMissing;
  }
  const latest = taken.at(-1);
  const done = hours.whole + hours["no audio"];
  const elapsed = latest ? (nowMs - Date.parse(latest.submitted)) / HOUR_MS : 0;
  const isEnded = jobs.waiting + jobs.running === 0;
  // Since nothing is at work the clock says nothing of how fast it went.
  const speed = latest && !isEnded && elapsed > 0
    ? Math.max(0, done - latest.hoursDone) / elapsed
    : 0;
  return {
    hours,
    left,
    jobs,
    failed: [...last.values()].filter(({ state, hoursMissing, exitCode }) =>
      state === "failed" && (hoursMissing > 0 || (exitCode ?? 0) !== 0)
    ).sort((a, b) => a.share - b.share),
    isEnded,
    speed,
    ...(isEnded || speed === 0 ? {} : { endMs: nowMs + hours.missing / speed * HOUR_MS }),
    vcpuHours,
    ...(rentedHours === 0 ? {} : { dollars: rentedHours * dearestHour(PRICES.spotShare, false) }),
    notes: [...new Set(views.flatMap(({ notes }) => notes))],
  };
}
