import assert from "node:assert/strict";
import { join } from "node:path";
import { cancelSubmission, describeSubmission, handOver } from "../../batch/handover.ts";
import { LocalRunner } from "../../batch/local/local_runner.ts";
import { writeLocalState } from "../../batch/local/supervise.ts";
import { localStatePath, logPath, submissionPath } from "../../batch/run_paths.ts";
import type { JobView, Runner } from "../../batch/runner.ts";
import {
  jobName,
  keepOutcome,
  keepSubmission,
  readSubmission,
  type Submission,
} from "../../batch/submission.ts";
import { MegapteraError } from "../../core/errors.ts";
import { DiskStorage } from "../../pipeline/places/mod.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const RUN = "20210101-20210102-0123abcd";
const LONG_AGO = new Date("2021-02-01T00:00:00Z");

/** A back end that keeps names of jobs, and lets them wait for ever. */
class Names implements Runner {
  readonly on = "aws";
  readonly names: string[] = [];
  prepare = () => Promise.resolve({});
  submit: Runner["submit"] = ({ submission }) => {
    this.names.push(jobName(submission));
    return Promise.resolve({ id: jobName(submission), at: "somewhere" });
  };
  find = (submission: Submission) => {
    const id = jobName(submission);
    return Promise.resolve(this.names.includes(id) ? { id, at: "somewhere" } : undefined);
  };
  describe: Runner["describe"] = ({ shares, job }) => {
    const state = this.names.includes(job.id) ? "waiting" : "failed";
    return Promise.resolve({ jobs: shares.map((_, index) => ({ index, state })), notes: [] });
  };
  logs = () => Promise.resolve(undefined);
  cancel: Runner["cancel"] = ({ job }) => {
    this.names.splice(this.names.indexOf(job.id), 1);
    return Promise.resolve();
  };
}

async function submission(out: DiskStorage, number = 1): Promise<Submission> {
  const submitted = "2021-02-01T00:00:00Z";
  const what = { run: RUN, number, on: "aws", submitted, shares: [0, 1] } as const;
  return (await keepSubmission(out, {
    ...what,
    shares: [0, 1],
    vcpus: 1,
    hoursDone: 0,
    settings: {},
  }))!;
}

const request = (submission: Submission) => ({ submission, environment: {}, limitSeconds: 60 });
const states = (jobs: readonly JobView[]): string[] => jobs.map(({ state }) => state);

Deno.test("a submission without a job is under way, is found by its name, or is lost after a time", () =>
  withFolder(async (folder) => {
    const [out, runner] = [new DiskStorage(folder), new Names()];
    const one = await submission(out);
    const fresh = await describeSubmission(out, one, runner);
    assert.deepEqual([states(fresh.jobs), fresh.isLost], [["waiting", "waiting"], false]);
    assert.match(fresh.notes[0], /^Submission 1 was started 0 s ago and is not finished\. If its/);

    // Whatever this machine's clock says: the output's counts.
    const { now } = Date;
    try {
      Date.now = () => now() + 3_600_000;
      assert.equal((await describeSubmission(out, one, runner)).isLost, false);
    } finally {
      Date.now = now;
    }

    await Deno.utime(join(folder, submissionPath(RUN, 1)), LONG_AGO, LONG_AGO);
    await out.write([{
      path: logPath(RUN, 1, 1, 1),
      text: '{"event":"end","exit_code":65}\n',
    }]);
    const lost = await describeSubmission(out, one, runner);
    assert.equal(lost.isLost, true);
    assert.match(lost.notes[0], /its command stopped, and AWS Batch knows no/);
    assert.deepEqual(lost.jobs.map(({ state, exitCode }) => [state, exitCode]), [
      ["failed", undefined],
      ["failed", 65],
    ]);

    await runner.submit(request(one));
    const found = await describeSubmission(out, one, runner);
    assert.deepEqual([found.isLost, found.submission.job?.id], [false, jobName(one)]);
    assert.deepEqual(states(found.jobs), ["waiting", "waiting"]);
  }));

Deno.test("what was cancelled before its jobs were noted takes them back, and its workers end", () =>
  withFolder(async (folder) => {
    const [out, runner] = [new DiskStorage(folder), new Names()];
    const one = await submission(out);
    assert.equal(await cancelSubmission(out, one, runner), 2);
    assert.equal((await readSubmission(out, RUN, 1)).isGivenUp, true);
    await assert.rejects(
      handOver(out, runner, request(one)),
      /was cancelled or given up meanwhile/,
    );
    assert.deepEqual(runner.names, []);
    // Taken, but not noted: it is found, and stopped as any other.
    const two = await submission(out, 2);
    await runner.submit(request(two));
    assert.equal(await cancelSubmission(out, two, runner), 2);
    assert.deepEqual(runner.names, []);
    assert.equal((await readSubmission(out, RUN, 2)).job?.id, jobName(two));
  }));

Deno.test("what a back end refuses is given up at once, and what can't be told is not", () =>
  withFolder(async (folder) => {
    const [out, runner] = [new DiskStorage(folder), new Names()];
    for (const [number, kind] of [[1, "configuration"], [2, "retry"]] as const) {
      const one = await submission(out, number);
      runner.submit = () => Promise.reject(new MegapteraError(kind, "Cannot."));
      await assert.rejects(handOver(out, runner, request(one)), /Cannot\./);
      assert.equal((await readSubmission(out, RUN, number)).isGivenUp, number === 1 || undefined);
    }
    // Noted already, the job is not given up.
    const job = { id: "other", at: "somewhere" };
    assert.deepEqual((await keepOutcome(out, await readSubmission(out, RUN, 2), job)).job, job);
    assert.deepEqual((await keepOutcome(out, await readSubmission(out, RUN, 2), null)).job, job);
  }));

Deno.test("after a local supervisor that is gone, states follow logs and seals, and the clock stops", () =>
  withFolder(async (folder) => {
    const out = new DiskStorage(folder);
    const runner = new LocalRunner(out, 2);
    const one = await keepOutcome(out, await submission(out), { id: "7", at: "here" });
    const taken = { ...one, job: one.job! };
    // Its machine's clock is ten minutes ahead.
    const aliveMs = Date.now() + 600_000;
    const running = { state: "running", attempts: 1, startedMs: aliveMs - 60_000 } as const;
    await writeLocalState(out, RUN, 1, {
      format: "megaptera-local/1",
      machine: "here",
      aliveMs,
      jobs: [{ index: 0, ...running }, { index: 1, ...running }],
    });
    await out.write([{ path: logPath(RUN, 0, 1, 1), text: '{"event":"end","exit_code":0}\n' }]);
    assert.deepEqual(states((await runner.describe(taken)).jobs), ["running", "running"]);
    const path = join(folder, localStatePath(RUN, 1));
    const silent = new Date(Date.now() - 180_000);
    await Deno.utime(path, silent, silent);
    const [done, gone] = (await runner.describe(taken)).jobs;
    assert.deepEqual([done.state, done.exitCode, gone.state], ["succeeded", 0, "failed"]);
    assert.match(gone.reason!, /^here has given no sign of life since /);
    assert.deepEqual([done.stoppedMs, gone.stoppedMs], [aliveMs, aliveMs]);
  }));
