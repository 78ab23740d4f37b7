import assert from "node:assert/strict";
import { runStatus } from "../../batch/run_status.ts";
import type { JobView } from "../../batch/runner.ts";
import type { Submission } from "../../batch/submission.ts";
import { openStorage } from "../../pipeline/places/mod.ts";
import { hourPath } from "../../pipeline/scores/mod.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { somePlan } from "./some_plan.ts";

const START_MS = Date.UTC(2021, 0, 1);
const SUBMITTED_MS = Date.UTC(2021, 1, 1);
const plan = somePlan();
const submission: Submission = {
  format: "megaptera-submission/1",
  run: plan.run,
  number: 1,
  on: "aws",
  submitted: "2021-02-01T00:00:00Z",
  shares: [0, 1, 2],
  vcpus: 2,
  hoursDone: 0,
  settings: {},
  job: { id: "a", at: "us-west-2" },
};

Deno.test("status tells hours and jobs apart, speed while there is work, and failures that lack nothing", () =>
  withFolder(async (folder) => {
    const out = openStorage(folder);
    for (const hour of [0, 1, 2, 4]) {
      const path = hourPath(START_MS + hour * 3_600_000);
      await out.write([{ path: `${path}.json`, text: "" }, { path: `${path}.csv`, text: "" }]);
    }
    const statusOf = (jobs: JobView[]) =>
      runStatus(
        [out],
        plan,
        [submission],
        () => Promise.resolve({ jobs, notes: [] }),
        SUBMITTED_MS + 7_200_000,
      );
    // The first share's files are all there, but its worker found one of them bad.
    const ended = { state: "failed" as const, startedMs: SUBMITTED_MS, stoppedMs: SUBMITTED_MS };
    const first = { index: 0, ...ended, exitCode: 65 };
    const third = { index: 2, ...ended, exitCode: 143 };
    const work = await statusOf([
      first,
      { index: 1, state: "running", startedMs: SUBMITTED_MS + 3_600_000 },
      third,
    ]);
    assert.deepEqual(work.hours, { whole: 4, "no audio": 0, missing: 2 });
    assert.deepEqual(work.left, { waiting: 0, running: 1, succeeded: 0, failed: 1, cancelled: 0 });
    assert.deepEqual(work.failed.map(({ share, hoursMissing }) => [share, hoursMissing]), [
      ...[[0, 0], [2, 1]],
    ]);
    assert.deepEqual([work.isEnded, work.speed, work.vcpuHours], [false, 2, 2]);
    assert.equal(work.endMs, SUBMITTED_MS + 3 * 3_600_000);

    const done = await statusOf([first, { index: 1, state: "succeeded", exitCode: 0 }, third]);
    assert.deepEqual([done.isEnded, done.speed, done.endMs], [true, 0, undefined]);
    // What a queue has forgotten and lacks nothing is no failure to tell of.
    const forgotten = await statusOf([{ index: 0, state: "failed", reason: "forgotten" }]);
    assert.deepEqual(forgotten.failed, []);
    // What was cancelled has not failed, and lacks what it lacks.
    const cancelled = await statusOf([{ ...third, isCancelled: true }]);
    assert.deepEqual([cancelled.jobs.cancelled, cancelled.jobs.failed], [1, 0]);
    assert.deepEqual([cancelled.left.cancelled, cancelled.failed, cancelled.isEnded], [
      1,
      [],
      true,
    ]);
  }));
