import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type Archive,
  scoreArchive,
  scoresInBucket,
  serveArchive,
  wavOf,
} from "../helpers/archive.ts";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import type { FaultRule } from "../helpers/fault_proxy.ts";
import { scoresBelow } from "../helpers/scored_files.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/** Hours of 12 s, and one that takes two ranges. */
const SECONDS = [12, 300, 12];
const HOURS = ["--hours", "0-3"];
/** Hours that end before they are full: that audio is missing is said with this exit code. */
const AUDIO_MISSING = 3;
/** The keys that are there. */
const SEA = /^\/sea\/20210101_0[0-2]/;
const BIG = /^\/sea\/20210101_01/;

async function run(command: Deno.Command): Promise<Ended> {
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

/** What the same recordings give from disk. */
async function undisturbed(folder: string, disk: string): Promise<Record<string, string>> {
  const out = join(folder, "undisturbed");
  const args = ["score", "--date", "2021-01-01", "--source", disk, "--model", "demo"];
  const ended = await megaptera([...args, "--threads", "1", "--out", out, ...HOURS], folder);
  assert.equal(ended.code, AUDIO_MISSING, ended.err);
  return await scoresBelow(out);
}

/** Scores the archive under faults, and holds the scores to the undisturbed run's. */
async function holdUnder(
  rules: FaultRule[],
  disturb: (archive: Archive) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await withFolder(async (folder) => {
    await using archive = await serveArchive(folder, SECONDS, rules);
    const expected = await undisturbed(folder, archive.disk);
    assert.equal(Object.keys(expected).length, SECONDS.length);
    const running = run(scoreArchive(folder, archive.proxy.origin, "s3://out/a", HOURS));
    const disturbing = disturb(archive);
    const ended = await running;
    await disturbing;
    assert.equal(ended.code, AUDIO_MISSING, ended.err);
    assert.deepEqual(scoresInBucket(archive, "/out/a"), expected);
    if (rules.length > 0) assert.match(ended.out, /recovered from: /);
  });
}

const mended: [string, FaultRule[]][] = [
  ["bursts of 503", [{ method: "GET", match: SEA, from: 2, to: 6, status: 503 }]],
  ["connections that are reset", [{ match: BIG, from: 2, to: 3, resetAfter: 100_000 }]],
  ["bodies that are cut", [{ match: BIG, from: 2, to: 4, cutAfter: 500_000 }]],
  [
    "a short answer to a range",
    [{
      match: BIG,
      from: 2,
      to: 2,
      headers: { "content-length": null },
      endAfter: 1000,
    }],
  ],
  ["a wrong Content-Length", [{ match: BIG, from: 2, to: 2, headers: { "content-length": "77" } }]],
  ["a failing output bucket at the moment of the write", [
    { method: "PUT", match: /^\/out\/a\/2021/, from: 1, to: 4, status: 503 },
    { method: "GET", match: BIG, from: 1, to: 1, status: 503 },
  ]],
  [
    "an answer to a write that is lost",
    [
      { method: "PUT", match: /_01\.csv/, from: 1, to: 1, loseAnswer: true },
      { method: "GET", match: BIG, from: 1, to: 1, status: 503 },
    ],
  ],
];
for (const [what, rules] of mended) {
  Deno.test(`${what} cost a retry and no second`, () => holdUnder(rules));
}

Deno.test("a body that stalls, an outage of 30 s and a slow link cost time and no second", async () => {
  await Promise.all([
    holdUnder([{ match: BIG, from: 3, to: 3, stallAfter: 300_000 }]),
    holdUnder([{ match: SEA, from: 1, to: 1, status: 503 }], async ({ proxy }) => {
      while (proxy.requests.length < 4) await sleep(20);
      await proxy.down();
      await sleep(30_000);
      await proxy.up();
    }),
    holdUnder([
      { match: SEA, from: 1, to: 1, status: 503 },
      { match: BIG, bytesPerSecond: 1_000_000 },
    ]),
  ]);
});

Deno.test("an http server that takes no notice of ranges is found out, not believed", () =>
  withFolder(async (folder) => {
    const rules: FaultRule[] = [{ match: BIG, range: null }];
    await using archive = await serveArchive(folder, SECONDS, rules);
    const source = `${archive.proxy.origin}/sea/{YYYYMMDD}_{HH}0000.wav`;
    const out = join(folder, "out");
    const args = ["score", "--date", "2021-01-01", "--source", source, "--model", "demo"];
    const ended = await megaptera([...args, "--out", out, ...HOURS], folder);
    assert.equal(ended.code, 65, ended.err);
    assert.match(ended.err, /20210101_010000\.wav/);
    assert.match(ended.err, /range/);
  }));

Deno.test("a file that is replaced while it is read is refused, and nothing is mixed", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, SECONDS);
    const expected = await undisturbed(folder, archive.disk);
    let gets = 0;
    archive.proxy.rules = [{
      match: BIG,
      onRequest: () => {
        if (++gets === 3) {
          archive.server.objects.set("/sea/20210101_010000.wav", { bytes: wavOf(300, 99) });
        }
      },
    }];
    const ended = await run(scoreArchive(folder, archive.proxy.origin, "s3://out/a", HOURS));
    assert.equal(ended.code, 65, ended.err);
    assert.match(ended.err + ended.out, /20210101_010000\.wav as it was replaced/);
    const there = scoresInBucket(archive, "/out/a");
    assert.deepEqual(Object.keys(there), ["2021/01/20210101_00.csv", "2021/01/20210101_02.csv"]);
    for (const [name, text] of Object.entries(there)) assert.equal(text, expected[name]);
  }));

Deno.test("a key that is missing or forbidden is a gap with its reason; where all are, the run stops", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, SECONDS);
    archive.server.objects.delete("/sea/20210101_000000.wav");
    archive.server.forbidden.add("/sea/20210101_020000.wav");
    const command = scoreArchive(folder, archive.proxy.origin, "s3://out/a", HOURS);
    const ended = await run(command);
    assert.equal(ended.code, AUDIO_MISSING, ended.err);
    const reasons = async (hour: string): Promise<unknown[]> => {
      const { bytes } = archive.server.objects.get(`/out/a/2021/01/20210101_${hour}.json`)!;
      const manifest = JSON.parse(await new Response(bytes).text());
      return manifest.noEffort.map(({ reason }: { reason: unknown }) => reason);
    };
    assert.deepEqual(await reasons("00"), [{
      kind: "missing",
      uri: "s3://sea/20210101_000000.wav",
    }]);
    assert.deepEqual(await reasons("02"), [{
      kind: "forbidden",
      uri: "s3://sea/20210101_020000.wav",
    }]);

    archive.server.forbidden.add("sea").add("/sea/20210101_010000.wav").add("/sea");
    const denied = await run(scoreArchive(folder, archive.proxy.origin, "s3://out/b", HOURS));
    assert.equal(denied.code, 77, denied.err);
    assert.deepEqual(scoresInBucket(archive, "/out/b"), {});
  }));

Deno.test("a truncated object gives the frames that are there, as it does from disk", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, SECONDS);
    const name = "20210101_010000.wav";
    const bytes = archive.server.objects.get(`/sea/${name}`)!.bytes.slice(0, 5_000_001);
    archive.server.objects.set(`/sea/${name}`, { bytes });
    await Deno.writeFile(join(archive.disk, name), bytes);
    const expected = await undisturbed(folder, archive.disk);
    const ended = await run(scoreArchive(folder, archive.proxy.origin, "s3://out/a", HOURS));
    assert.equal(ended.code, AUDIO_MISSING, ended.err);
    assert.deepEqual(scoresInBucket(archive, "/out/a"), expected);
    assert.match(ended.err, /20210101_010000\.wav declares/);
  }));
