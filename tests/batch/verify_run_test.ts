import assert from "node:assert/strict";
import { listHours, sealDigest, writeSeal } from "../../batch/list_hours.ts";
import { type Plan, shares } from "../../batch/plan.ts";
import { sealPath } from "../../batch/run_paths.ts";
import { verifyRun } from "../../batch/verify_run.ts";
import { fingerprint, RECIPES } from "../../pipeline/detector/mod.ts";
import { openStorage, RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import { hourPath, ScoreStore } from "../../pipeline/scores/mod.ts";
import { scoreRange } from "../../pipeline/scoring/mod.ts";
import { filesArchive } from "../../pipeline/timeline/mod.ts";
import { fakeDetector } from "../helpers/fake_detector.ts";
import { memoryCatalogue, noise } from "../helpers/memory_catalogue.ts";
import { ObjectServer } from "../helpers/object_server.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { somePlan } from "./some_plan.ts";

const START_MS = Date.UTC(2021, 0, 1);
const HOUR_MS = 3_600_000;
const detector = fakeDetector();
const { weightsSha256, revision } = detector;
const parts = { weightsSha256, revision, recipe: "exact", gain: 1, channel: 0 } as const;
const plan: Plan = somePlan({ fingerprint: fingerprint(parts) });

/** Scores hours of ten seconds each, but for the third, which has no audio. */
async function score(out: Storage, hours: readonly number[], gain = 1): Promise<void> {
  const files = [0, 1, 3, 4, 5].map((hour) => ({
    name: `${hour}.wav`,
    startMs: START_MS + hour * HOUR_MS,
    sampleRateHz: 10_000,
    samples: noise(100_000, hour + 1),
  }));
  await scoreRange({
    archive: filesArchive(memoryCatalogue(files)),
    hours: hours.map((hour) => START_MS + hour * HOUR_MS),
    detectors: [detector],
    recipe: RECIPES.exact,
    gain,
    channel: 0,
    stores: [new ScoreStore(out)],
  });
}

async function statesOf(out: Storage): Promise<string[]> {
  return (await verifyRun(out, [out], plan)).map(({ state }) => state);
}

async function suite(open: () => Storage): Promise<void> {
  const out = open();
  assert.deepEqual(await statesOf(out), Array(6).fill("missing"));
  await score(out, [0, 1, 2, 4]);
  const found = ["whole", "whole", "no audio", "missing", "whole", "missing"];
  assert.deepEqual(await statesOf(out), found);
  const [first] = shares(plan);
  await writeSeal(out, plan.run, 0, await listHours([out], first));
  assert.deepEqual(await statesOf(open()), found);
  // Changed after it was sealed, a share is read again.
  const csv = `${hourPath(START_MS + HOUR_MS)}.csv`;
  await out.write([{ path: csv, text: (await out.read(csv))!.text.replace(/0\.\d+/, "0.999999") }]);
  found[1] = "damaged";
  assert.deepEqual(await statesOf(open()), found);
}

Deno.test("a run in a folder is verified by listing, and by reading what no seal vouches for", () =>
  withFolder((folder) => suite(() => openStorage(`${folder}/out`))));

Deno.test("a run in a bucket is verified by listing, and by reading what no seal vouches for", async () => {
  await using server = await ObjectServer.start();
  const access = new RemoteAccess({ endpoint: server.origin, unsigned: true });
  await suite(() => openStorage("s3://sea/out", access));
  access.close();
});

Deno.test("looked at deeply, a sealed share's files are read: what a listing can't show is found", () =>
  withFolder(async (folder) => {
    const out = openStorage(folder);
    await score(out, [0, 1]);
    await writeSeal(out, plan.run, 0, await listHours([out], shares(plan)[0]));
    const csv = `${folder}/${hourPath(START_MS)}.csv`;
    const { mtime } = await Deno.stat(csv);
    // As a disk that has rotted: of the same size and time.
    await Deno.writeTextFile(csv, (await Deno.readTextFile(csv)).replace(/,\d/, ",7"));
    await Deno.utime(csv, mtime!, mtime!);
    assert.equal((await verifyRun(out, [out], plan))[0].state, "whole");
    const [first, second] = await verifyRun(out, [out], plan, true);
    assert.deepEqual([first.state, second.state], ["damaged", "whole"]);
  }));

Deno.test("hours of another fingerprint are named as such", () =>
  withFolder(async (folder) => {
    const out = openStorage(folder);
    await score(out, [0], 2);
    const [first] = await verifyRun(out, [out], plan);
    assert.equal(first.state, "another fingerprint");
    assert.match(first.reason, /^fake, recipe exact, fingerprint [0-9a-f]{12}$/);
  }));

Deno.test("a run of sealed shares is verified without reading a file", async () => {
  await using server = await ObjectServer.start();
  const access = new RemoteAccess({ endpoint: server.origin, unsigned: true });
  const out = openStorage("s3://sea/out", access);
  await score(out, [0, 1, 2, 3, 4, 5]);
  for (const [share, hours] of shares(plan).entries()) {
    await writeSeal(out, plan.run, share, await listHours([out], hours));
  }
  server.requests.length = 0;
  assert.equal((await statesOf(out)).filter((state) => state === "whole").length, 5);
  assert.deepEqual(server.requests.filter((request) => !request.includes("list-type=2")), []);
  access.close();
});

Deno.test("a seal's digest is of which hours there are, and of every version", () => {
  const hour = { hourMs: 0, state: "whole", versions: ["a", "b"] } as const;
  const digests = [
    [hour],
    [{ ...hour, hourMs: 1 }],
    [{ ...hour, versions: ["a", "c"] }],
    [{ ...hour, versions: ["a", null] }],
    [hour, hour],
  ].map((hours) => sealDigest(hours));
  assert.equal(new Set(digests).size, 5);
  assert.equal(sealPath("r", 7, "d"), "runs/r/seals/00007-d");
});
