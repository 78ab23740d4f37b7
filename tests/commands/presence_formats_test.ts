import assert from "node:assert/strict";
import { join } from "node:path";
import { checkPamscapes, checkPars } from "../../analysis/exports/mod.ts";
import { type Ended, runHere } from "../helpers/command_line.ts";
import { PARS_SETTINGS } from "../helpers/pars_settings.ts";
import { plantedManifest, plantHour } from "../helpers/planted_scores.ts";
import { namesIn, withFolder } from "../helpers/temporary_folder.ts";

const DAY = Date.UTC(2021, 0, 1);
const HOUR_MS = 3_600_000;
const song = (bin: number): number => bin >= 600 && bin < 700 ? 0.9 : 0.1;

/** A day with song, one without, one with no scores, and one with an hour of song. */
async function plantDays(folder: string): Promise<void> {
  for (let hour = 0; hour < 48; hour++) {
    await plantHour(folder, DAY + hour * HOUR_MS, hour === 5 ? song : 0.1);
  }
  await plantHour(folder, DAY + 72 * HOUR_MS, song);
}

async function presence(folder: string, ...options: string[]): Promise<Ended> {
  return await runHere(["presence", join(folder, "scores"), ...options], join(folder, "cache"));
}

const textsIn = async (folder: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all((await namesIn(folder)).map(async (name) => [
      name,
      await Deno.readTextFile(join(folder, name)),
    ])),
  );

Deno.test("presence --format pars writes a submission that passes the published rules", () =>
  withFolder(async (folder) => {
    await plantDays(join(folder, "scores"));
    const settings = join(folder, "pars.json");
    await Deno.writeTextFile(settings, JSON.stringify({ ...PARS_SETTINGS, confirmed: [] }));
    const out = join(folder, "pars");
    const options = ["--format", "pars", "--pars-settings", settings, "--out", out];
    const { code, out: printed, err } = await presence(folder, ...options);
    assert.equal(code, 0, err);
    assert.equal(printed, "");
    assert.match(err, /POSSIBLY_DETECTED from 60 positive seconds on/);
    const files = await textsIn(out);
    assert.deepEqual(Object.keys(files), ["detectiondata.csv", "metadata.csv"]);
    const { "detectiondata.csv": detections, "metadata.csv": metadata } = files;
    assert.deepEqual(
      checkPars({ "detectiondata.csv": detections, "metadata.csv": metadata }),
      [],
    );
    const results = [...detections.matchAll(/,(\d+),([A-Z]+_[A-Z]+),(?:HUWH)?,/g)].map((found) =>
      found.slice(1)
    );
    assert.deepEqual(results, [
      ["86400", "POSSIBLY_DETECTED"],
      ["86400", "NOT_DETECTED"],
      ["0", "NOT_AVAILABLE"],
      ["3600", "POSSIBLY_DETECTED"],
    ]);
  }));

Deno.test("presence --format pamscapes writes presence and effort that pass its rules", () =>
  withFolder(async (folder) => {
    await plantDays(join(folder, "scores"));
    const out = join(folder, "pamscapes");
    const options = ["--format", "pamscapes", "--out", out];
    const ended = await presence(folder, ...options, "--site", "mars");
    assert.equal(ended.code, 0, ended.err);
    const files = await textsIn(out);
    assert.deepEqual(checkPamscapes(files), []);
    assert.equal(
      files["presence_hourly.csv"],
      "start,end,species,Latitude,Longitude\n" +
        "2021-01-01T05:00:00Z,2021-01-01T06:00:00Z,Humpback whale,36.7130,-122.1870\n" +
        "2021-01-04T00:00:00Z,2021-01-04T01:00:00Z,Humpback whale,36.7130,-122.1870\n",
    );
    const daily = await presence(folder, ...options.with(3, join(folder, "d")), "--by", "day");
    assert.equal(daily.code, 0, daily.err);
    const days = await textsIn(join(folder, "d"));
    assert.deepEqual(checkPamscapes(days), []);
    assert.equal(days["presence_daily.csv"].trimEnd().split("\n").length, 2, "an hour is no day");
    assert.match(
      daily.err,
      /off effort below 0\.5 of what is scheduled \(1 of 3 days with effort\)/,
    );
  }));

Deno.test("presence --format pamscapes says that all days have too little effort, not how much song", () =>
  withFolder(async (folder) => {
    await plantHour(join(folder, "scores"), DAY, song);
    const out = join(folder, "pamscapes");
    const ended = await presence(folder, "--format", "pamscapes", "--by", "day", "--out", out);
    assert.equal(ended.code, 0, ended.err);
    assert.match(ended.err, /hold headers alone: of 1 day with effort none .* --min-effort\.$/m);
    assert.match(ended.err, /^1 cells \(day, UTC\), none with effort enough: .*effort\.csv/m);
    assert.doesNotMatch(ended.err, /positive second/);
    const files = await textsIn(out);
    assert.deepEqual(checkPamscapes(files), []);
    assert.equal(files["effort.csv"], "start,end,species\n");
  }));

Deno.test("a detector of another class does not give PAMscapes humpback whales", () =>
  withFolder(async (folder) => {
    const detector = { ...plantedManifest(DAY, "").detector, classNames: ["orca"] };
    await plantHour(join(folder, "scores"), DAY, song, { detector });
    const ended = await presence(folder, "--format", "pamscapes", "--out", join(folder, "p"));
    assert.equal(ended.code, 0, ended.err);
    const { "presence_hourly.csv": hours, "effort.csv": effort } = await textsIn(join(folder, "p"));
    for (const text of [hours, effort]) assert.match(text, /Z,orca\n$/);
  }));

Deno.test("options of presence that do not go together are refused before anything is read", () =>
  withFolder(async (folder) => {
    const refuse = async (pattern: RegExp, ...options: string[]): Promise<void> => {
      const { code, err } = await presence(folder, ...options);
      assert.equal(code, 64, err);
      assert.match(err, pattern);
    };
    const pars = ["--format", "pars", "--out", "x"];
    await refuse(/pars: it needs --pars-settings/, ...pars);
    await refuse(/name their folder with --out/, "--format", "pamscapes");
    await refuse(/it is by day, so leave out --by hour/, ...pars, "--by", "hour");
    await refuse(/in UTC, so leave out --zone Asia\/Tokyo/, ...pars, "--zone", "Asia/Tokyo");
    await refuse(/--site and --sites are for --format pamscapes/, "--site", "mars");
    await refuse(
      /least_effort_share of its settings/,
      ...pars,
      ...["--pars-settings", "x.json", "--min-effort", "0.1"],
    );
  }));

Deno.test("settings of PARS that are wrong are named with their field, and nothing is written", () =>
  withFolder(async (folder) => {
    await plantHour(join(folder, "scores"), DAY, 0.1);
    const settings = join(folder, "pars.json");
    await Deno.writeTextFile(
      settings,
      JSON.stringify({ ...PARS_SETTINGS, call_type_code: "SONG" }),
    );
    const out = join(folder, "pars");
    const options = ["--format", "pars", "--out", out, "--pars-settings"];
    const wrong = await presence(folder, ...options, settings);
    assert.equal(wrong.code, 78, wrong.err);
    assert.match(wrong.err, /pars\.json as its field "call_type_code" is wrong/);
    const missing = await presence(folder, ...options, join(folder, "none.json"));
    assert.equal(missing.code, 65, missing.err);
    assert.match(missing.err, /none\.json: there is no such file/);
    await assert.rejects(Deno.stat(out));
  }));
