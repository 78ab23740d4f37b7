import assert from "node:assert/strict";
import fc from "fast-check";
import { findPlan, keepPlan, readPlan } from "../../batch/keep_plan.ts";
import { jobSize, MOST_JOBS } from "../../batch/make_plan.ts";
import { formatPlan, parsePlan, plannedHours, RUN_ID, shares } from "../../batch/plan.ts";
import { listRuns, planPath } from "../../batch/run_paths.ts";
import {
  keepOutcome,
  keepSubmission,
  readSubmission,
  readSubmissions,
} from "../../batch/submission.ts";
import { DiskStorage, openStorage, RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import { ObjectServer } from "../helpers/object_server.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { somePlan } from "./some_plan.ts";

Deno.test("a job takes about half an hour, an hour at most, and an array holds them all", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 200_000 }),
    fc.double({ min: 0.1, max: 3000, noNaN: true }),
    (hours, secondsPerHour) => {
      let size: number;
      try {
        size = jobSize(hours, secondsPerHour);
      } catch {
        const longest = Math.max(1, Math.floor(3600 / secondsPerHour));
        assert.ok(hours > longest * MOST_JOBS, `${hours} h of ${secondsPerHour} s fit`);
        return;
      }
      assert.ok(Math.ceil(hours / size) <= MOST_JOBS);
      assert.ok(size === 1 || size * secondsPerHour <= 3600);
      const isShort = size * secondsPerHour < 900 && size < hours;
      assert.ok(!isShort, `${size} h of ${secondsPerHour} s are less than 15 min`);
    },
  ));
});

Deno.test("shares are the plan's hours, each once and in order", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 2000 }),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 1, max: 24 }),
    (hours, hoursPerJob, from, length) => {
      const start = "2021-01-01T00:00:00Z";
      const stop = new Date(Date.parse(start) + hours * 3_600_000).toISOString();
      const plan = {
        start,
        stop,
        hoursOfDay: { from, to: Math.min(24, from + length) },
        hoursPerJob,
      };
      const cut = shares(plan);
      assert.deepEqual(cut.flat(), plannedHours(plan));
      assert.ok(cut.every((share, i) => i === cut.length - 1 || share.length === hoursPerJob));
    },
  ));
});

Deno.test("a run is named by what decides its result, and not by how it is cut", () => {
  const plan = somePlan();
  assert.match(plan.run, RUN_ID);
  assert.equal(somePlan().run, plan.run);
  assert.equal(somePlan({ coreSecondsPerHour: 1800, vcpus: 2 }).run, plan.run);
  const others = [
    somePlan({ source: { place: "/lake" } }),
    somePlan({ stopMs: Date.UTC(2021, 0, 1, 7) }),
    somePlan({ hoursOfDay: { from: 0, to: 3 } }),
    somePlan({ gain: 2 }),
    somePlan({ channel: 1 }),
    somePlan({ recipe: "google" }),
  ];
  assert.equal(new Set([plan, ...others].map(({ run }) => run)).size, others.length + 1);
});

Deno.test("a plan is read back as it was written, and a damaged one names its field", () => {
  const plan = somePlan();
  assert.deepEqual(parsePlan(formatPlan(plan), "a"), plan);
  assert.throws(() => parsePlan("{", "a"), /Cannot read the plan a as it is not JSON\./);
  const damaged = JSON.stringify({ ...plan, hoursPerJob: 0 });
  assert.throws(() => parsePlan(damaged, "a"), /its field "hoursPerJob" is wrong/);
});

async function keptSuite(open: () => Storage): Promise<void> {
  const plan = somePlan();
  assert.deepEqual(await listRuns(open()), []);
  assert.deepEqual(await keepPlan(open(), plan), { plan, isNew: true });
  assert.deepEqual(await readPlan(open(), plan.run), plan);
  // Asked for again with another cut, the first one's goes on.
  const again = somePlan({ coreSecondsPerHour: 100 });
  assert.notEqual(again.hoursPerJob, plan.hoursPerJob);
  assert.deepEqual(await keepPlan(open(), again), { plan, isNew: false });
  assert.deepEqual(await findPlan(open(), again), plan);
  const later = somePlan({ startMs: Date.UTC(2021, 5, 1), stopMs: Date.UTC(2021, 5, 2) });
  await keepPlan(open(), later);
  assert.deepEqual(await listRuns(open()), [plan.run, later.run]);
  await assert.rejects(
    keepPlan(open(), somePlan({ gain: 2 })),
    /Cannot plan a run into .* as the run 20210101-.* there is of another fingerprint \(demo, /,
  );
  await assert.rejects(readPlan(open(), "20200101-20200102-00000000"), /Cannot find the run/);
  // A machine may die between the plan and the run's name in the index.
  const cut = somePlan({ startMs: Date.UTC(2021, 7, 1), stopMs: Date.UTC(2021, 7, 2) });
  await open().write([{ path: planPath(cut.run), text: formatPlan({ ...cut, hoursPerJob: 9 }) }]);
  assert.equal((await keepPlan(open(), cut)).isNew, false);
  assert.ok((await listRuns(open())).includes(cut.run));
  const { run } = plan;
  const handedOver = { run, shares: [0, 2], vcpus: 1, hoursDone: 0, settings: {} };
  const submitted = "2021-02-01T00:00:00Z";
  const first = { ...handedOver, on: "local", submitted, number: 1 } as const;
  const kept = await Promise.all([1, 2, 3].map(() => keepSubmission(open(), first)));
  assert.equal(kept.filter((one) => one !== undefined).length, 1, "of equal ones one is the first");
  await keepSubmission(open(), { ...first, on: "slurm", number: 2 });
  const [local, slurm] = await readSubmissions(open(), run);
  assert.deepEqual([local.number, local.on, slurm.number, slurm.on], [1, "local", 2, "slurm"]);
  assert.notEqual(local.token, slurm.token);
  // What became of it is noted once.
  const job = { id: "71,72+1000", at: "node-1" };
  assert.deepEqual(await keepOutcome(open(), local, job), { ...local, job });
  assert.deepEqual(await keepOutcome(open(), local, null), { ...local, job });
  assert.deepEqual(await keepOutcome(open(), slurm, null), { ...slurm, isGivenUp: true });
  assert.deepEqual(await keepOutcome(open(), slurm, job), { ...slurm, isGivenUp: true });
  assert.deepEqual(await readSubmissions(open(), run), [
    { ...local, job },
    { ...slurm, isGivenUp: true },
  ]);
  assert.deepEqual(await readSubmission(open(), run, 1), { ...local, job });
}

Deno.test("a run in a folder goes on with its plan, and refuses another fingerprint", () =>
  withFolder((folder) => keptSuite(() => new DiskStorage(`${folder}/out`))));

Deno.test("a run in a bucket goes on with its plan, and refuses another fingerprint", async () => {
  await using server = await ObjectServer.start();
  const access = new RemoteAccess({ endpoint: server.origin, unsigned: true });
  await keptSuite(() => openStorage("s3://sea/out", access));
  // The plan is of JSON that anything can read.
  const text = new TextDecoder().decode(
    server.objects.get(`/sea/out/${planPath(somePlan().run)}`)!.bytes,
  );
  assert.equal(JSON.parse(text).format, "megaptera-plan/1");
  access.close();
});
