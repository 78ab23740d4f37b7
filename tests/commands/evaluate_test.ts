import assert from "node:assert/strict";
import { join } from "node:path";
import { formatScoreCsv } from "../../pipeline/scoring/mod.ts";
import { megaptera } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const COVERAGE = "2021-01-01T00:00:00Z/2021-01-01T01:30:00Z";
const CALLS = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap\n" +
  "2021-01-01T00:10:01.456Z,2021-01-01T00:11:01.456Z,60,60,0.9,0.9,2021-01-01T00:10:30.456Z,false\n" +
  "2021-01-01T00:40:01.456Z,2021-01-01T00:41:01.456Z,60,60,0.9,0.9,2021-01-01T00:40:30.456Z,false\n";
const ANNOTATIONS = "start,end,label\n2021-01-01T00:10:01Z,2021-01-01T00:11:02Z,song\n" +
  "2021-01-01T00:20:00Z,2021-01-01T00:20:30Z,song\n" +
  "2021-01-01T00:50:00Z,2021-01-01T00:50:30Z,song?\n";

/** Calls, annotations and an hour of scores in a folder. */
async function write(folder: string): Promise<string[]> {
  const scores = new Float64Array(3600).fill(0.01);
  scores.fill(0.9, 600, 660).fill(0.9, 2400, 2460).fill(NaN, 3000);
  await Deno.mkdir(join(folder, "scores"));
  const hourMs = Date.UTC(2021, 0, 1);
  await Deno.writeTextFile(join(folder, "scores/20210101_00.csv"), formatScoreCsv(hourMs, scores));
  const [calls, annotations] = [join(folder, "calls.csv"), join(folder, "annotations.csv")];
  await Deno.writeTextFile(calls, CALLS);
  await Deno.writeTextFile(annotations, ANNOTATIONS);
  return ["evaluate", calls, annotations];
}

Deno.test("evaluate prints what was found, what was not, and what does not count", () =>
  withFolder(async (folder) => {
    const command = await write(folder);
    const { code, out, err } = await megaptera([...command, "--coverage", COVERAGE], folder);
    assert.equal(code, 0, err);
    assert.match(out, /^1:29:30 of annotated time counts, of 1:30:00; 1 uncertain marks dropped/);
    assert.match(out, /event, ends within 5 s +1 +1 +1 +0\.500 +0\.500 +0\.500 +0\.67/);
    assert.match(out, /second +61 +61 +30 +0\.500 +0\.670 +0\.573/);
  }));

Deno.test("evaluate with scores leaves out what has no score, and compares thresholds", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const scores = ["--scores", join(folder, "scores"), "--precision", "0.5"];
    const { code, out, err } = await megaptera([...command, ...scores], folder);
    assert.equal(code, 0, err);
    assert.match(out, /^39:31 of annotated time has no score and does not count/m);
    assert.match(out, /2999 seconds with a score, 93 of them with a call/);
    assert.match(out, /0\.5 +0\.500 +0\.645 +0\.563 +0\.500 +0\.500 +0\.500/);
    assert.match(out, /Threshold for a precision of 0\.5: .* no lower bound from 1 days/);
  }));

Deno.test("evaluate refuses a calibration from an hour, and options without scores", () =>
  withFolder(async (folder) => {
    const command = [...await write(folder), "--coverage", COVERAGE];
    const save = ["--save-calibration", join(folder, "calibration.json")];
    const alone = await megaptera([...command, ...save], folder);
    assert.equal(alone.code, 64);
    assert.match(alone.err, /Cannot use --save-calibration without --scores/);
    const few = await megaptera([...command, ...save, "--scores", join(folder, "scores")], folder);
    assert.equal(few.code, 65);
    assert.match(few.err, /Cannot calibrate .* 200 different hours: there are 1;/);
    const none = await megaptera(command.slice(0, 3), folder);
    assert.equal(none.code, 64);
    await Deno.writeFile(command[2], Uint8Array.of(0xff, 0xfe, 0x73, 0));
    const utf16 = await megaptera(command, folder);
    assert.equal(utf16.code, 65);
    assert.match(utf16.err, /annotations\.csv as it is not UTF-8 text/);
  }));
