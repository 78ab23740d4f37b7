import assert from "node:assert/strict";
import { join } from "node:path";
import { formatScoreCsv } from "../../pipeline/scores/mod.ts";
import { type Ended, runHere } from "../helpers/command_line.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { filesBelow, namesIn, withFolder } from "../helpers/temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const song = (bin: number): number => bin >= 600 && bin < 700 ? 0.9 : 0.1;

async function runs(folder: string, ...args: string[]): Promise<Ended> {
  const ended = await runHere(args, join(folder, "cache"));
  assert.equal(ended.code, 0, ended.err);
  return ended;
}

async function fails(
  folder: string,
  code: number,
  pattern: RegExp,
  ...args: string[]
): Promise<void> {
  const ended = await runHere(args, join(folder, "cache"));
  assert.equal(ended.code, code, ended.err);
  assert.match(ended.err, pattern);
  assert.equal(ended.err.trim().split("\n").length, 1, `one sentence: ${ended.err}`);
}

const good = formatScoreCsv(HOUR, Float64Array.from({ length: 3600 }, (_, bin) => song(bin)));
const rows = good.split("\n");
const row = (line: number, text: string): string => rows.with(line - 1, text).join("\n");
const utf16 = new Uint8Array(Uint16Array.from(`\ufeff${good}`, (c) => c.charCodeAt(0)).buffer);
const bad: [what: string, content: string | Uint8Array, pattern: RegExp][] = [
  ["a missing row", rows.toSpliced(9, 1).join("\n"), /line 10 .*expected 2021-01-01T09:00:08Z/],
  [
    "a repeated row",
    rows.toSpliced(9, 0, rows[8]).join("\n"),
    /line 10 .*found 2021-01-01T09:00:07Z/,
  ],
  ["text for a score", row(10, "2021-01-01T09:00:08Z,high"), /line 10 .*found "high"/],
  ["a score of 1.2", row(10, "2021-01-01T09:00:08Z,1.2"), /line 10 .*from 0 to 1: found "1.2"/],
  ["times out of order", rows.with(9, rows[10]).with(10, rows[9]).join("\n"), /line 10 .*expected/],
  ["half a file", good.slice(0, good.length / 2), /line \d+ as /],
  ["another spacing of seconds", row(3, "2021-01-01T09:00:02Z,0.1"), /line 3 .*a second apart/],
  ["UTF-16", utf16, /line 1 as it is UTF-16/],
];
for (const [what, content, pattern] of bad) {
  Deno.test(`calls and presence say in one sentence, with file and line, what is wrong with ${what}`, () =>
    withFolder(async (folder) => {
      const path = join(folder, "scores", "20210101_09.csv");
      await Deno.mkdir(join(folder, "scores"));
      await Deno.writeFile(
        path,
        typeof content === "string" ? new TextEncoder().encode(content) : content,
      );
      const out = join(folder, "out", "calls.csv");
      const whole = new RegExp(`scores/20210101_09\\.csv ${pattern.source}`);
      await fails(folder, 65, whole, "calls", join(folder, "scores"), "--out", out);
      await fails(folder, 65, whole, "presence", join(folder, "scores"), "--out", out);
      assert.deepEqual(await namesIn(join(folder, "out")), [], "nothing is left behind");
    }));
}

Deno.test("an empty folder, a missing one and settings that can't be are refused in one sentence", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    await Deno.mkdir(scores);
    await fails(folder, 65, /holds no hourly score files .*it is empty/, "calls", scores);
    await fails(folder, 65, /there is no such folder/, "presence", join(folder, "nowhere"));
    await plantHour(scores, HOUR, song);
    const refuse = (pattern: RegExp, ...options: string[]) =>
      fails(folder, 64, pattern, "calls", scores, "--out", join(folder, "c.csv"), ...options);
    await refuse(/--median.*odd/, "--median", "4");
    await refuse(/--threshold.*from 0 to 1/, "--threshold", "50");
    await refuse(/--format.*csv, raven/, "--format", "csv,xlsx");
    await refuse(/--on and --off belong together/, "--on", "0.5");
    await refuse(/--off must be at or below --on/, "--on", "0.5", "--off", "0.6");
    await refuse(
      /--threshold is not used beside/,
      "--on",
      "0.5",
      "--off",
      "0.4",
      "--threshold",
      "0.5",
    );
    await fails(
      folder,
      64,
      /"Monterey" as it is not an IANA name/,
      "presence",
      scores,
      "--zone",
      "Monterey",
    );
    await fails(folder, 77, /Cannot write/, "calls", scores, "--out", scores);
  }));

Deno.test("calls says how many, where their times lie, that 0.5 is a convention, and what is odd", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    await plantHour(scores, HOUR, song, { manifest: false });
    await plantHour(scores, HOUR + 3 * 3_600_000, song);
    await Deno.writeTextFile(join(scores, "notes.txt"), "x");
    const out = join(folder, "calls.csv");
    const ended = await runs(
      folder,
      "calls",
      scores,
      "--out",
      out,
      "--format",
      "csv,json",
      "--format",
      "parquet",
    );
    assert.match(ended.out, /^2 bouts, 3:20 of 2:00:00 of effort: /);
    assert.match(ended.out, /centres of the 3\.9124 s windows.*1\.4562 s after/);
    assert.match(ended.out, /0\.5 is only a convention/);
    assert.match(ended.err, /no hourly scores and were ignored: .*notes\.txt/);
    assert.match(ended.err, /2 hours in between have no file .*T10:00:00Z to .*T12:00:00Z/);
    assert.match(ended.err, /Scores of 1 hour have no manifest: they are of unknown origin/);
    assert.equal(
      (await Deno.readTextFile(out)).split("\n")[1],
      "2021-01-01T09:10:01.456Z,2021-01-01T09:11:41.456Z,100,100,0.9,0.9,2021-01-01T09:10:01.956Z,false",
    );
    const about = JSON.parse(await Deno.readTextFile(join(folder, "calls.about.json")));
    assert.equal(about.hoursOfUnknownOrigin, 1);
    assert.equal(about.centreShiftSeconds, 1.4562);
    assert.deepEqual(
      (await filesBelow(folder)).filter((name) => name.startsWith("calls")),
      ["calls.about.json", "calls.csv", "calls.json", "calls.parquet"],
    );
    const chosen = await runs(
      folder,
      "calls",
      scores,
      "--out",
      out,
      "--on",
      "0.95",
      "--off",
      "0.5",
    );
    assert.match(chosen.out, /^0 bouts/);
    assert.doesNotMatch(chosen.out, /convention/);
  }));

Deno.test("calls --sensitivity prints thresholds and writes nothing", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    await plantHour(scores, HOUR, song);
    const { out } = await runs(folder, "calls", scores, "--sensitivity", "--threshold", "0.95");
    const thresholds = out.split("\n").slice(1, 11).map((line) => line.trim().split(/\s+/));
    assert.deepEqual(thresholds.map(([threshold, bouts]) => [threshold, bouts]).slice(-3), [
      ["0.8", "1"],
      ["0.9", "1"],
      ["0.95", "0"],
    ]);
    assert.deepEqual(await namesIn(folder), ["scores"]);
  }));

Deno.test("presence prints CSV on standard output and everything else on standard error", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    await plantHour(scores, HOUR, song);
    const { out, err } = await runs(folder, "presence", scores);
    assert.equal(
      out,
      "start,effort_s,call_s,proportion,bouts,scheduled_s\n2021-01-01T09:00:00Z,3600,100,0.027778,1,3600\n",
    );
    assert.match(err, /convention/);
    const path = join(folder, "presence.csv");
    await runs(
      folder,
      "presence",
      scores,
      "--by",
      "day",
      "--zone",
      "America/Los_Angeles",
      "--out",
      path,
    );
    assert.match(await Deno.readTextFile(path), /\n2021-01-01T00:00:00-08:00,3600,100,,1,86400\n$/);
  }));

Deno.test("scores export writes one Parquet file", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    await plantHour(scores, HOUR, song);
    const path = join(folder, "all.parquet");
    const { out } = await runs(folder, "scores", "export", scores, "--out", path);
    assert.match(out, /^3600 seconds of 1 hour files: /);
    assert.ok((await Deno.stat(path)).size > 100);
  }));

Deno.test("where one format can't be written the others are, and the exit code says so", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    // An hour of the earlier pipeline has no manifest, which tables of recordings need.
    await plantHour(scores, HOUR, song, { manifest: false });
    const formats = ["--format", "raven,csv,json", "--out", join(folder, "out", "calls.csv")];
    const ended = await runHere(["calls", scores, ...formats], join(folder, "cache"));
    assert.equal(ended.code, 65, ended.err);
    assert.match(ended.err, /error: Cannot write the bout from .* no manifest says/);
    assert.deepEqual(await namesIn(join(folder, "out")), [
      "calls.about.json",
      "calls.csv",
      "calls.json",
    ]);
    const alone = ["--format", "raven", "--out", join(folder, "alone", "calls.txt")];
    const refused = await runHere(["calls", scores, ...alone], join(folder, "cache"));
    assert.equal(refused.code, 65, refused.err);
    assert.deepEqual(await namesIn(join(folder, "alone")), []);
  }));
