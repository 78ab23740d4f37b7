import assert from "node:assert/strict";
import { join } from "node:path";
import { formatScoreCsv } from "../../pipeline/scores/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1);
const COVERAGE = "2021-01-01T00:00:00Z/2021-01-01T01:30:00Z";
const CALLS = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap\n" +
  "2021-01-01T00:10:01.456Z,2021-01-01T00:11:01.456Z,60,60,0.9,0.9,2021-01-01T00:10:30.456Z,false\n" +
  "2021-01-01T00:40:01.456Z,2021-01-01T00:41:01.456Z,60,60,0.9,0.9,2021-01-01T00:40:30.456Z,false\n";
const ANNOTATIONS = "start,end,label\n2021-01-01T00:10:01Z,2021-01-01T00:11:02Z,song\n" +
  "2021-01-01T00:20:00Z,2021-01-01T00:20:30Z,song\n" +
  "2021-01-01T00:50:00Z,2021-01-01T00:50:30Z,song?\n";

/** Bouts, annotations and an hour of scores in a folder. */
async function write(folder: string): Promise<string[]> {
  const scores = new Float64Array(3600).fill(0.01);
  scores.fill(0.9, 600, 660).fill(0.9, 2400, 2460).fill(NaN, 3000);
  await Deno.mkdir(join(folder, "scores"));
  await Deno.writeTextFile(join(folder, "scores/20210101_00.csv"), formatScoreCsv(HOUR, scores));
  const [bouts, annotations] = [join(folder, "calls.csv"), join(folder, "annotations.csv")];
  await Deno.writeTextFile(bouts, CALLS);
  await Deno.writeTextFile(annotations, ANNOTATIONS);
  return ["evaluate", bouts, annotations];
}

Deno.test("evaluate prints what was found, what was not, and what does not count", () =>
  withFolder(async (folder) => {
    const command = await write(folder);
    const { code, out, err } = await runHere([...command, "--coverage", COVERAGE], folder);
    assert.equal(code, 0, err);
    assert.match(out, /^1:29:30 of annotated time counts, of 1:30:00; 1 uncertain marks dropped/);
    assert.match(out, /event, ends within 5 s +1 +1 +1 +0\.500 +0\.500 +0\.500 +0\.67/);
    assert.match(out, /second +61 +61 +30 +0\.500 +0\.670 +0\.573/);
  }));

Deno.test("labels of what is no bout are left out, and labels of whole files are told of", () =>
  withFolder(async (folder) => {
    const [command, bouts, marks] = await write(folder);
    const text = ANNOTATIONS.replace("label", "label,is_box").replaceAll(/(song\??)$/gm, "$1,1") +
      "2021-01-01T01:00:00Z,2021-01-01T01:00:30Z,n,1\n" +
      "2021-01-01T00:00:00Z,2021-01-01T01:30:00Z,song,0\n";
    await Deno.writeTextFile(marks, text);
    const args = [command, bouts, marks, "--coverage", COVERAGE, "--without-label", "N,ship"];
    const { code, out, err } = await runHere(args, folder);
    assert.equal(code, 0, err);
    assert.match(out, /1 rows label whole recordings, beside others that mark the bouts in them/);
    assert.match(out, /Marks that count as bouts: 2 song;/);
    assert.match(out, /event, ends within 5 s +1 +1 +1 +0\.500/);
  }));

Deno.test("hours of a mooring that sleeps count in evaluate by what its schedule gives", () =>
  withFolder(async (folder) => {
    const at = (ms: number): string => new Date(HOUR + ms).toISOString();
    const rows = Array.from({ length: 48 }, (_, i) => [i * 1_800_000, i * 1_800_000 + 600_000]);
    const coverage = join(folder, "coverage.csv");
    const spans = rows.map(([from, to]) => `${at(from)},${at(to)}`).join("\n");
    await Deno.writeTextFile(coverage, `start,end\n${spans}\n`);
    const [command, bouts, marks] = await write(folder);
    await Deno.writeTextFile(marks, `start,end\n${at(3_600_000)},${at(3_660_000)}\n`);
    await Deno.writeTextFile(bouts, `start,end\n${at(3_630_000)},${at(3_640_000)}\n`);
    const { code, out, err } = await runHere(
      [command, bouts, marks, "--coverage", coverage],
      folder,
    );
    assert.equal(code, 0, err);
    assert.match(out, /What counts follows a schedule: 10 min every 30 min/);
    assert.match(out, /^hour +1 +0 +0 +1\.000 +1\.000/m);
  }));

Deno.test("--coverage takes days and minutes in the zone that is said, and refuses what is no pair of times", () =>
  withFolder(async (folder) => {
    const files = await write(folder);
    const over = async (coverage: string, ...more: string[]): Promise<string> => {
      const command = [...files, "--coverage", coverage, ...more];
      const { out, err } = await runHere(command, folder);
      return /of \d+:00:00;/.exec(out)?.[0] ?? err;
    };
    assert.equal(await over("2021-01-01/2021-01-03"), "of 48:00:00;");
    assert.equal(await over("2021-01-01T00:00Z/2021-01-01T07:00Z"), "of 7:00:00;");
    const spring = ["--timezone", "America/Los_Angeles"];
    assert.equal(await over("2021-03-14/2021-03-15", ...spring), "of 23:00:00;");
    assert.match(await over("2021-01-03/2021-01-01"), /as it stops before it starts\.$/m);
    assert.match(await over("2021-01-01/2021-13-01"), /as it is no pair of times: say 2021-/);
  }));

Deno.test("evaluate says that no mark has a label, as it may be misspelt", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const { code, out } = await runHere([...command, "--label", "Song!"], folder);
    assert.equal(code, 0);
    assert.match(out, /^No mark has the label Song!; labels there: 2 song, 1 song\?\.$/m);
    const right = await runHere([...command, "--label", "SONG"], folder);
    assert.match(right.out, /^Marks that count as bouts: 2 song\.$/m);
    assert.match(right.out, /^Detections that count: 2 without a label\.$/m);
  }));

Deno.test("evaluate lists the labels that count, and takes those of --label from detections that have them", () =>
  withFolder(async (folder) => {
    const [command, _, annotations] = await write(folder);
    const detections = join(folder, "birdnet.csv");
    const row = (minute: number, species: string): string =>
      `${minute * 60},${minute * 60 + 3},x,${species},0.9,M-20210101T000000Z.wav\n`;
    await Deno.writeTextFile(
      detections,
      "Start (s),End (s),Scientific name,Common name,Confidence,File\n" +
        row(10, "Humpback Whale") + [12, 14, 16].map((at) => row(at, "Gray Whale")).join("") +
        Array.from({ length: 9 }, (_, i) => row(20 + i, `Species ${i}`)).join(""),
    );
    const args = [command, detections, annotations, "--coverage", COVERAGE];
    const all = await runHere(args, folder);
    assert.equal(all.code, 0, all.err);
    assert.match(all.out, /^Marks that count as bouts: 2 song; --label says which, if not all\.$/m);
    assert.match(
      all.out,
      /^Detections that count: 3 Gray Whale, 1 Humpback Whale, .* and 3 other labels\.$/m,
    );
    assert.match(all.out, /13 found \(of 13\)/);
    const one = await runHere([...args, "--label", "song,humpback whale"], folder);
    assert.match(
      one.out,
      /^Detections that count: 1 Humpback Whale; 12 with other labels are left/m,
    );
    assert.match(one.out, /1 found \(of 1\)/);
  }));

Deno.test("evaluate with scores leaves out what has no score, and compares thresholds", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const scores = ["--scores", join(folder, "scores"), "--precision", "0.5"];
    const { code, out, err } = await runHere([...command, ...scores], folder);
    assert.equal(code, 0, err);
    assert.match(out, /^39:31 of annotated time has no score and does not count/m);
    assert.match(out, /2999 seconds with a score, 93 of them with a bout/);
    assert.match(out, /0\.5 +0\.500 +0\.645 +0\.563 +0\.500 +0\.500 +0\.500/);
    assert.match(out, /Threshold for a precision of 0\.5: .* no lower bound from 1 days/);
  }));

Deno.test("evaluate refuses marks in a recording that was scored with another start", () =>
  withFolder(async (folder) => {
    const [command, bouts] = await write(folder);
    const scores = join(folder, "nominal");
    const file = { sizeBytes: 1, version: "1", frames: 3600, sampleRateHz: 1, channels: 1 };
    const uri = "file:///a/M%20_20201231_160000.wav";
    const files = [{ ...file, uri, start: "2021-01-01T00:00:00Z" }];
    await plantHour(scores, HOUR, 0.1, { files });
    const annotations = join(folder, "M _20201231_160000.Table.1.selections.txt");
    await Deno.writeTextFile(annotations, "Selection\tBegin Time (s)\tEnd Time (s)\n1\t60\t70\n");
    const args = [command, bouts, annotations, "--coverage", COVERAGE, "--scores", scores];
    const wrong = await runHere(args, folder);
    assert.equal(wrong.code, 65, wrong.err);
    assert.match(
      wrong.err,
      /start at 2020-12-31T16:00:00Z, and was scored .* 2021-01-01T00:00:00Z: /,
    );
    const right = await runHere([...args, "--timezone", "America/Los_Angeles"], folder);
    assert.equal(right.code, 0, right.err);
    assert.match(right.out, /^1 bouts marked \(of 1 in the files\)/m);
  }));

Deno.test("evaluate refuses a calibration from an hour, and options without scores", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const save = ["--save-calibration", join(folder, "calibration.json")];
    const alone = await runHere([...command, ...save], folder);
    assert.equal(alone.code, 64);
    assert.match(alone.err, /Cannot use --save-calibration without --scores/);
    const few = await runHere([...command, ...save, "--scores", join(folder, "scores")], folder);
    assert.equal(few.code, 65);
    assert.match(few.err, /Cannot calibrate .* 200 different hours: there are 1;/);
    const none = await runHere(command.slice(0, 3), folder);
    assert.equal(none.code, 64);
    await Deno.writeFile(command[2], Uint8Array.of(0xff, 0xfe, 0x73, 0));
    const utf16 = await runHere(command, folder);
    assert.equal(utf16.code, 65);
    assert.match(utf16.err, /annotations\.csv as it is not UTF-8 text/);
  }));

Deno.test("evaluate takes bouts in every table that `calls` writes, with the same result", () =>
  withFolder(async (folder) => {
    const [command, _, annotations] = await write(folder);
    const formats = ["--format", "csv,json,parquet", "--min", "1"];
    const out = ["--out", join(folder, "made.csv"), ...formats];
    const made = await runHere(["calls", join(folder, "scores"), ...out], folder);
    assert.equal(made.code, 0, made.err);
    const printed: string[] = [];
    for (const ending of ["csv", "json", "parquet"]) {
      const bouts = join(folder, `made.${ending}`);
      const args = [command, bouts, annotations, "--coverage", COVERAGE];
      const { code, out, err } = await runHere(args, folder);
      assert.equal(code, 0, err);
      printed.push(out);
    }
    assert.match(printed[0], /2 found \(of 2\)/);
    assert.deepEqual(printed, printed.map(() => printed[0]));
  }));

Deno.test("evaluate reads the hours of annotated time and those beside it, no others", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const scores = join(folder, "scores");
    await Deno.writeTextFile(join(scores, "20210105_00.csv"), "not read at all");
    const far = await runHere([...command, "--scores", scores], folder);
    assert.equal(far.code, 0, far.err);
    await Deno.writeTextFile(join(scores, "20210101_02.csv"), "beside what is annotated");
    const near = await runHere([...command, "--scores", scores], folder);
    assert.equal(near.code, 65, near.err);
    assert.match(near.err, /20210101_02\.csv line 1/);
  }));

Deno.test("evaluate takes the same scores as bouts: nominal clocks and mixtures only where asked", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const [nominal, mixed] = [join(folder, "nominal"), join(folder, "mixed")];
    await plantHour(nominal, HOUR, 0.1, { clock: "nominal", recipe: "mbari" });
    for (const [i, letter] of ["a", "b"].entries()) {
      await plantHour(mixed, HOUR + i * 3_600_000, 0.1, { fingerprint: letter.repeat(64) });
    }
    const refused = await runHere([...command, "--scores", nominal], folder);
    assert.equal(refused.code, 65);
    assert.match(refused.err, /its clock is nominal.*--nominal-clock/);
    const taken = await runHere([...command, "--scores", nominal, "--nominal-clock"], folder);
    assert.equal(taken.code, 0, taken.err);
    const save = ["--mixed", "--save-calibration", join(folder, "c.json")];
    const both = await runHere([...command, "--scores", mixed, ...save], folder);
    assert.equal(both.code, 65, both.err);
    assert.match(both.err, /were made in 2 different ways/);
  }));

Deno.test("evaluate says where all of the annotated time is uncertain", () =>
  withFolder(async (folder) => {
    const command = await write(folder);
    await Deno.writeTextFile(
      command[2],
      "start,end,label\n2021-01-01T00:00:00Z,2021-01-02T00:00:00Z,?\n",
    );
    const scores = ["--coverage", COVERAGE, "--scores", join(folder, "scores")];
    const { code, err } = await runHere([...command, ...scores], folder);
    assert.equal(code, 65, err);
    assert.match(
      err,
      /nothing of --coverage .* is left to count: all of it is marked as uncertain/,
    );
  }));

Deno.test("what evaluate learnt from a site's annotations is what calls and presence apply", () =>
  withFolder(async (folder) => {
    const scores = join(folder, "scores");
    const rows = ["start,end"];
    const random = new SeededRandom(5);
    for (let hour = 0; hour < 200; hour++) {
      // A bout in each hour, and what sounds like one and often scores as high.
      const [bout, other] = [0.4 + random.below(55) / 100, 0.1 + random.below(65) / 100];
      const hourMs = HOUR + hour * 3_600_000;
      const level = (bin: number): number =>
        bin >= 600 && bin < 700 ? bout : bin >= 2000 && bin < 2100 ? other : 0.02;
      await plantHour(scores, hourMs, level);
      const iso = (second: number): string => new Date(hourMs + second * 1000).toISOString();
      rows.push(`${iso(601.456)},${iso(701.456)}`);
    }
    const annotations = join(folder, "annotations.csv");
    await Deno.writeTextFile(annotations, rows.join("\n"));
    const calibration = join(folder, "site.json");
    const learnt = await runHere([
      ...["evaluate", annotations, annotations, "--scores", scores, "--edges", "nearest"],
      ...[
        "--coverage",
        "2021-01-01T00:00:00Z/2021-01-09T08:00:00Z",
        "--save-calibration",
        calibration,
      ],
    ], folder);
    assert.equal(learnt.code, 0, learnt.err);
    const { edges, thresholds } = JSON.parse(await Deno.readTextFile(calibration));
    assert.equal(edges, "nearest");
    const count = async (...options: string[]): Promise<string> => {
      const args = [scores, "--edges", "nearest", "--out", join(folder, "c.csv"), ...options];
      const { code, out, err } = await runHere(["calls", ...args], folder);
      assert.equal(code, 0, err);
      return out.split(",")[0];
    };
    const [{ probability, score }] = thresholds;
    assert.equal(
      await count("--calibration", calibration, "--threshold", String(probability)),
      await count("--threshold", String(score)),
    );
    const refused = await runHere(["presence", scores, "--calibration", calibration], folder);
    assert.equal(refused.code, 78);
    assert.match(refused.err, /edges "nearest" and these have "shrink"/);
  }));
