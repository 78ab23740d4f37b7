import assert from "node:assert/strict";
import { join } from "node:path";
import { scoreArchive, scoresInBucket, serveArchive, wavOf } from "../helpers/archive.ts";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { scoresBelow } from "../helpers/scored_files.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/** Hours that end before they are full: that audio is missing is said with this exit code. */
const AUDIO_MISSING = 3;

async function run(command: Deno.Command): Promise<Ended> {
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

Deno.test("a range is scored into a bucket, and again by one listing and one note a day", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, [12, 12, 12]);
    const { proxy } = archive;
    const options = ["--hours", "0-3", "--log", "json"];
    const first = await run(scoreArchive(folder, proxy.origin, "s3://out/scores", options));
    assert.equal(first.code, AUDIO_MISSING, first.err);
    const lines = first.out.trimEnd().split("\n").slice(1).map((line) => JSON.parse(line));
    const summary = lines.pop();
    assert.equal(summary.event, "summary");
    assert.deepEqual(lines.map(({ event }) => event), ["hour", "hour", "hour"]);
    // What was heard, not what was asked for.
    assert.deepEqual(lines.map(({ audio_s }) => audio_s), [12, 12, 12]);
    assert.equal(summary.hours.scored, 3);
    assert.equal(summary.audio_s, 36);
    assert.equal(summary.no_effort_s["no-recording"], 3 * 3588);
    const scores = scoresInBucket(archive, "/out/scores");
    assert.equal(Object.keys(scores).length, 3);

    proxy.requests.length = 0;
    const again = await run(scoreArchive(folder, proxy.origin, "s3://out/scores", options));
    assert.equal(JSON.parse(again.out.trimEnd().split("\n").at(-1)!).hours.done, 3, again.err);
    const toOutput = proxy.requests.filter((request) => request.includes("/out"));
    // This server lists in pages of two.
    const asked = new Set(toOutput.map((request) => request.replace(/[?&].*/, "")));
    assert.deepEqual([...asked].sort(), [
      "GET /out/",
      "GET /out/scores/2021/01/.20210101.done.json",
      "PUT /out/scores/.megaptera-probe",
    ]);

    // A note that is lost or wrong costs requests and nothing else.
    archive.server.objects.set("/out/scores/2021/01/.20210101.done.json", {
      bytes: new TextEncoder().encode("not a note"),
    });
    const noteless = await run(scoreArchive(folder, proxy.origin, "s3://out/scores", options));
    assert.equal(JSON.parse(noteless.out.trimEnd().split("\n").at(-1)!).hours.done, 3);
    assert.deepEqual(scoresInBucket(archive, "/out/scores"), scores);
  }));

Deno.test("a folder, a template of paths and a prefix of a bucket give the same scores", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, [12, 12]);
    const scored = async (out: string, ...args: string[]): Promise<Record<string, string>> => {
      const usual = ["score", "--model", "demo", "--threads", "1", "--out", join(folder, out)];
      const ended = await megaptera([...usual, ...args], folder);
      assert.equal(ended.code, AUDIO_MISSING, ended.err);
      return await scoresBelow(join(folder, out));
    };
    const range = ["--date", "2021-01-01", "--hours", "0-2", "--source"];
    const byFolder = await scored("folder", ...range, archive.disk);
    assert.equal(Object.keys(byFolder).length, 2);
    const template = join(archive.disk, "{YYYYMMDD}_{HH}0000.wav");
    assert.deepEqual(await scored("template", ...range, template), byFolder);
    const far = ["--unsigned", "--endpoint", archive.proxy.origin];
    assert.deepEqual(await scored("prefix", ...range, "s3://sea/2021", ...far), byFolder);
    assert.deepEqual(await scored("files", archive.disk), byFolder);
    assert.deepEqual(await scored("addresses", "s3://sea/", ...far), byFolder);
  }));

Deno.test("what signs an address is in no manifest and no message", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, [12]);
    const address = `${archive.server.origin}/sea/20210101_000000.wav`;
    const signed = `${address.replace("//", "//me:hushpw@")}?X-Amz-Expires=9&X-Amz-Signature=hush`;
    const score = async (place: string, out: string): Promise<Ended> =>
      await megaptera(["score", place, "--model", "demo", "--out", join(folder, out)], folder);
    const ended = await score(signed, "out");
    assert.equal(ended.code, 0, ended.err);
    const path = join(folder, "out", "2021", "01", "20210101_00.json");
    const manifest = JSON.parse(await Deno.readTextFile(path));
    assert.equal(manifest.files[0].uri, address);
    const missing = await score(signed.replace("20210101_00", "20210102_00"), "none");
    assert.equal(missing.code, 65, missing.err);
    for (const text of [JSON.stringify(manifest), ended.out, ended.err, missing.err]) {
      assert.doesNotMatch(text, /hush/);
    }
  }));

Deno.test("--dry-run says which hours, files and bytes, and writes nothing", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, [12, 0.5, 12]);
    const command = scoreArchive(folder, archive.proxy.origin, "s3://out/a", ["--dry-run"]);
    const { code, out, err } = await run(command);
    assert.equal(code, 0, err);
    assert.match(out, /2021-01-01T00:00Z +400 kB +20210101_000000\.wav, 20210101_010000\.wav/);
    assert.match(out, /2021-01-01T05:00Z {2}no recording/);
    assert.match(out, /24 hours, about 897 kB of audio to read\./);
    assert.match(out, /It should take about \d+:\d\d: \d+ windows a second were measured on/);
    assert.match(out, /Nothing was scored or written\./);
    assert.deepEqual(scoresInBucket(archive, "/out"), {});
    assert.ok(!archive.proxy.requests.some((request) => request.startsWith("PUT")));
  }));

Deno.test("of an hour whose audio is bad the others keep theirs, and it is named", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, [12, 12, 12]);
    const bytes = wavOf(12, 7);
    // A float recording with a sample that is no number.
    bytes.set([3, 0], 20);
    bytes.set([32, 0], 34);
    bytes.set([4, 0], 32);
    new DataView(bytes.buffer).setUint32(28, 64_000, true);
    new DataView(bytes.buffer).setFloat32(44 + 4 * 50_000, NaN, true);
    archive.server.objects.set("/sea/20210101_010000.wav", { bytes });
    const options = ["--hours", "0-3"];
    const ended = await run(scoreArchive(folder, archive.proxy.origin, "s3://out/a", options));
    assert.equal(ended.code, 3, ended.err);
    assert.match(ended.out, /3 hours scored/);
    assert.match(ended.out, /Without effort: 0:0\d, samples that are not finite \(1 file\)\./);
    assert.match(
      ended.err,
      /Cannot use some samples of 20210101_010000\.wav as they are no finite/,
    );
    assert.deepEqual(
      Object.keys(scoresInBucket(archive, "/out/a")),
      [0, 1, 2].map((hour) => `2021/01/20210101_0${hour}.csv`),
    );
  }));

const AWAY = ["--endpoint", "http://127.0.0.1:1", "--unsigned"];
const refused: [string, string[], number, RegExp][] = [
  ["nothing is named", [], 64, /give files or folders, or a day with --date/],
  [
    "files and a range are named",
    ["a.wav", "--date", "2021-01-01"],
    64,
    /files and a range at once/,
  ],
  [
    "a range stops before it starts",
    ["--date", "2021-01-02", "--stop", "2021-01-01"],
    64,
    /stops before it starts/,
  ],
  ["a day does not exist", ["--date", "2021-02-30"], 64, /a day that exists/],
  [
    "a day lies before the archive",
    ["--date", "2015-07-27"],
    64,
    /archive mars begins on 2015-07-28/,
  ],
  [
    "a site is unknown",
    ["--date", "2021-01-01", "--site", "moon"],
    64,
    /Cannot find the site "moon"/,
  ],
  [
    "a site and a source are named",
    ["--date", "2021-01-01", "--site", "mars", "--source", "x"],
    64,
    /--source and --site at once/,
  ],
  [
    "a template has an unknown field",
    ["--date", "2021-01-01", "--source", "/d/{DAY}.wav"],
    64,
    /\{DAY\} is no field/,
  ],
  [
    "a template matches nothing",
    ["--date", "2021-01-01", "--source", "/nowhere/{YYYYMMDD}.wav"],
    65,
    /from \/nowhere\/\{YYYYMMDD\}\.wav as of the recordings that it names none of the \d can be read; the first: Cannot read \/nowhere\/20210101\.wav/,
  ],
  [
    "a folder is not there",
    ["--date", "2021-01-01", "--source", "/nowhere"],
    65,
    /there is no such folder/,
  ],
  [
    "sites can't be read",
    ["--date", "2021-01-01", "--sites", "/nowhere.json", "--site", "pier"],
    65,
    /Cannot read \/nowhere\.json: there is no such file/,
  ],
  [
    "sites are given and none is chosen",
    ["--date", "2021-01-01", "--sites", "/nowhere.json"],
    64,
    /--sites without --site/,
  ],
  [
    "one start is given for a range of files",
    ["--date", "2021-01-01", "--source", "/d", "--recording-start", "2021-01-01T00:00:00Z"],
    64,
    /--recording-start with --date/,
  ],
  [
    "a folder is a file",
    ["--date", "2021-01-01", "--source", "deno.json"],
    64,
    /Cannot list deno\.json as it is a file/,
  ],
  [
    "scores can't go to http",
    ["--date", "2021-01-01", "--out", "https://example.org/", ...AWAY],
    64,
    /scores go to a folder or to s3/,
  ],
];
for (const [what, args, code, sentence] of refused) {
  Deno.test(`score says in one sentence that ${what}`, () =>
    withFolder(async (folder) => {
      const ended = await megaptera(["score", "--model", "demo", ...args], folder);
      assert.equal(ended.code, code, ended.err);
      assert.match(ended.err, sentence);
      assert.ok(!ended.err.includes("    at "), "no stack");
    }));
}

Deno.test("score says in one sentence what is wrong with a bucket, its region, credentials or a key", () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, [12]);
    const { origin } = archive.proxy;
    archive.server.objects.set("/sea/note.txt", {
      bytes: new TextEncoder().encode("no recording"),
    });
    const score = (...args: string[]): Promise<Ended> =>
      megaptera(
        ["score", "--model", "demo", "--out", join(folder, "out"), "--endpoint", origin, ...args],
        folder,
        {
          AWS_CONFIG_FILE: "/nowhere",
          AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
          AWS_EC2_METADATA_DISABLED: "true",
        },
      );
    const range = ["--date", "2021-01-01", "--source"];
    const lake = await score(...range, "s3://lake/{YYYYMMDD}_{HH}0000.wav", "--unsigned");
    assert.equal(lake.code, 65, lake.err);
    assert.match(lake.err, /there is no bucket lake/);
    const unsigned = await score(...range, "s3://sea/{YYYYMMDD}_{HH}0000.wav");
    assert.equal(unsigned.code, 77, unsigned.err);
    assert.match(unsigned.err, /credentials.*--unsigned/);
    const note = await score(
      "s3://sea/note.txt",
      "--recording-start",
      "2021-01-01T00:00:00Z",
      "--unsigned",
    );
    assert.equal(note.code, 65, note.err);
    assert.match(note.err, /not a WAV file/);
    archive.server.forbidden.add("/sea/20210101_000000.wav");
    const named = ["s3://sea/20210101_050000.wav", "s3://sea/20210101_000000.wav"];
    const forbidden = await score(...named, "--unsigned");
    assert.equal(forbidden.code, 77, forbidden.err);
    assert.match(forbidden.err, /none of the 2 recordings can be read; one of them: .*403/);
    archive.proxy.rules = [{
      status: 301,
      code: "PermanentRedirect",
      headers: { "x-amz-bucket-region": "eu-west-1" },
    }];
    const region = await score(...range, "s3://sea/{YYYYMMDD}_{HH}0000.wav", "--unsigned");
    assert.equal(region.code, 78, region.err);
    assert.match(region.err, /in the region eu-west-1: use --region eu-west-1/);
  }));
