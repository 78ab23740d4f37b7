/**
 * Scores ranges on many machines: plans, submissions, what jobs do, what came of them, and the back ends.
 *
 * @module
 */
export {
  accountOf,
  awsFault,
  checkImage,
  checkQueue,
  checkQuota,
  checkReach,
  clientSettings,
  findBucket,
  findContainer,
  type QueueNames,
  STACK,
  StackClient,
} from "./aws/mod.ts";
export { runnerFor } from "./back_ends.ts";
export { cancelSubmission, describeSubmission, handOver, type SubmissionView } from "./handover.ts";
export { readJob } from "./job.ts";
export { findPlan, keepPlan, readPlan } from "./keep_plan.ts";
export { openTrees } from "./list_hours.ts";
export { supervise } from "./local/mod.ts";
export { alike, causeOf, readLogTail } from "./log_tail.ts";
export { checkRange, jobSize, makePlan, type PlanParts } from "./make_plan.ts";
export { type Plan, type PlanSource, shares } from "./plan.ts";
export { openPlanArchive } from "./plan_archive.ts";
export { type Estimate, estimate, measuredCoreSeconds, PRICES } from "./prices.ts";
export { listRuns } from "./run_paths.ts";
export { runShare } from "./run_share.ts";
export { type RunStatus, runStatus, type ShareView } from "./run_status.ts";
export { checkController, checkSubmission, keepsAccounts, type SlurmNames } from "./slurm/mod.ts";
export {
  BACK_ENDS,
  type BackEndName,
  keepOutcome,
  keepSubmission,
  readSubmission,
  readSubmissions,
  type Submission,
} from "./submission.ts";
export {
  changedSince,
  findReasons,
  type LostHour,
  type PlannedHour,
  readLostHours,
  verifyRun,
} from "./verify_run.ts";
