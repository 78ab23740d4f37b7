// How long status and verify of ten years take, and how many requests, against a real S3 server.
// deno-lint-ignore-file no-console
import { join } from "node:path";
import { listHours, sealDigest } from "../batch/list_hours.ts";
import { makePlan } from "../batch/make_plan.ts";
import { plannedHours, shares } from "../batch/plan.ts";
import { sealPath } from "../batch/run_paths.ts";
import { runStatus } from "../batch/run_status.ts";
import { verifyRun } from "../batch/verify_run.ts";
import { openStorage, RemoteAccess } from "../pipeline/places/mod.ts";
import { hourPath } from "../pipeline/scores/mod.ts";
import { startVersitygw, VERSITYGW } from "../tests/helpers/versitygw.ts";

const plan = makePlan({
  source: { place: "s3://sea/{YYYYMMDD}.wav" },
  startMs: Date.UTC(2011, 0, 1),
  stopMs: Date.UTC(2021, 0, 1),
  hoursOfDay: { from: 0, to: 24 },
  detector: { model: "google", name: "google", weightsSha256: "0".repeat(64), classNames: ["Mn"] },
  recipe: "exact",
  gain: 1,
  channel: 0,
  fingerprint: "0".repeat(64),
  coreSecondsPerHour: 245,
  vcpus: 1,
});
const hours = plannedHours(plan);
if (VERSITYGW === undefined) Deno.exit(1);
const folder = await Deno.makeTempDir();
try {
  const out = join(folder, "whales", "scores");
  for (const hourMs of hours) {
    const path = join(out, hourPath(hourMs));
    if (new Date(hourMs).getUTCHours() === 0) {
      await Deno.mkdir(join(path, ".."), { recursive: true });
    }
    await Promise.all([
      Deno.writeTextFile(`${path}.csv`, ""),
      Deno.writeTextFile(`${path}.json`, ""),
    ]);
  }
  await using server = await startVersitygw(folder);
  let requests = 0;
  const access = new RemoteAccess({ endpoint: server.origin, region: "us-west-2" });
  (await access.s3()).middlewareStack.add((next) => (args) => {
    requests++;
    return next(args);
  }, { step: "finalizeRequest", name: "count", priority: "low" });
  const storage = openStorage("s3://whales/scores", access);
  const listed = await listHours([storage], hours);
  await Deno.mkdir(join(out, sealPath(plan.run, 0, "x"), ".."), { recursive: true });
  for (const [share, { length }] of shares(plan).entries()) {
    const first = share * plan.hoursPerJob;
    const digest = sealDigest(listed.slice(first, first + length));
    await Deno.writeTextFile(join(out, sealPath(plan.run, share, digest)), "");
  }
  const time = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    requests = 0;
    const started = performance.now();
    await work();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${what} of ${hours.length} hours: ${seconds} s, ${requests} requests`);
  };
  await time("status", () => {
    const describe = () => Promise.resolve({ jobs: [], notes: [] });
    return runStatus([storage], plan, [], describe, Date.now());
  });
  await time("verify", async () => {
    const found = await verifyRun(storage, [storage], plan);
    if (found.some(({ state }) => state !== "whole")) throw new Error("an hour is not whole");
  });
  access.close();
} finally {
  await Deno.remove(folder, { recursive: true });
}
