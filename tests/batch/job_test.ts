import assert from "node:assert/strict";
import { type Job, readJob } from "../../batch/job.ts";

const RUN = "20210101-20210102-0123abcd";
const said = { MEGAPTERA_OUT: "out", MEGAPTERA_RUN: RUN, MEGAPTERA_SUBMISSION: "2" };

function job(variables: Record<string, string>, options: Record<string, string> = {}): Job {
  const all: Record<string, string> = { ...said, ...variables };
  return readJob(options, (name) => all[name]);
}

Deno.test("a worker knows its share from AWS Batch, from Slurm, or from an argument", () => {
  const batch = job({ AWS_BATCH_JOB_ARRAY_INDEX: "7", AWS_BATCH_JOB_ATTEMPT: "2" });
  assert.deepEqual([batch.index, batch.attempt], [7, 2]);
  const slurm = job({ SLURM_ARRAY_TASK_ID: "3", SLURM_RESTART_COUNT: "1" });
  assert.deepEqual([slurm.index, slurm.attempt], [3, 2]);
  // Where a cluster's arrays are short, a submission takes several of them.
  assert.equal(job({ SLURM_ARRAY_TASK_ID: "3", MEGAPTERA_INDEX_BASE: "1000" }).index, 1003);
  assert.equal(job({ SLURM_ARRAY_TASK_ID: "3" }, { index: "5" }).index, 5);
  const plain = job({ AWS_BATCH_JOB_ATTEMPT: "1" });
  assert.deepEqual([plain.index, plain.attempt, plain.submission], [0, 1, 2]);
});

Deno.test("a run on this machine that is started within a cluster's job keeps its own indices", () => {
  const outer = {
    SLURM_ARRAY_TASK_ID: "9",
    MEGAPTERA_INDEX_BASE: "1000",
    SLURM_RESTART_COUNT: "2",
  };
  const inner = job({ ...outer, MEGAPTERA_INDEX: "2", MEGAPTERA_ATTEMPT: "1" });
  assert.deepEqual([inner.index, inner.attempt], [2, 1]);
  const onBatch = { AWS_BATCH_JOB_ARRAY_INDEX: "9", AWS_BATCH_JOB_ATTEMPT: "3" };
  const other = job({ ...onBatch, MEGAPTERA_INDEX: "2", MEGAPTERA_ATTEMPT: "1" });
  assert.deepEqual([other.index, other.attempt], [2, 1]);
});

Deno.test("a worker that is not told its run, or nonsense, says so", () => {
  assert.throws(() => readJob({}, () => undefined), /nothing says its run: give --run or set/);
  assert.throws(() => job({ MEGAPTERA_RUN: "../x" }), /a run's name is like/);
  assert.throws(() => job({ AWS_BATCH_JOB_ARRAY_INDEX: "x" }), /its index must be a whole number/);
});
