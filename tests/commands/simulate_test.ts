import assert from "node:assert/strict";
import { join } from "node:path";
import { presenceTable } from "../../analysis/presence/mod.ts";
import { proportionOfTime } from "../../analysis/season/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const DAYS = ["--start", "2016-11-15", "--stop", "2016-11-17"];

Deno.test("simulate writes scores that presence and season read, and the truth beside them", () =>
  withFolder(async (folder) => {
    const out = join(folder, "scores");
    const ended = await runHere(["simulate", ...DAYS, "--out", out], folder);
    assert.equal(ended.code, 0, ended.err);
    assert.match(ended.out, /48 hours simulated, 0 done before, from seed 15/);
    assert.match(ended.out, /no recording and no whale is behind them/);
    const verified = await runHere(["verify", out, "--deep"], folder);
    assert.equal(verified.code, 0, verified.out);
    const truth = JSON.parse(await Deno.readTextFile(join(out, "truth.json")));
    const sung = truth.days.reduce(
      (sum: number, { song }: { song: Record<string, number> }) =>
        sum + song.night + song.dawn + song.day + song.dusk,
      0,
    );
    const found = proportionOfTime(await presenceTable(out, { by: "minute" }));
    const proportion = found.get("proportion", 0) as number;
    assert.ok(Math.abs(proportion - sung / (2 * 86_400)) < 0.02, `${proportion}, sung ${sung} s`);
    const again = await runHere(["simulate", ...DAYS, "--out", out], folder);
    assert.match(again.out, /0 hours simulated, 48 done before/);
    const other = await runHere(["simulate", ...DAYS, "--out", out, "--seed", "3"], folder);
    assert.equal(other.code, 78, other.err);
  }));

Deno.test("simulate takes a site of the user's own, as its refusal of an unknown one says", () =>
  withFolder(async (folder) => {
    const at = { latitude: 78, longitude: 15, depthM: 50, timeZone: "UTC", source: "." };
    const sites = join(folder, "sites.json");
    await Deno.writeTextFile(sites, JSON.stringify([{ name: "pole", title: "Pole", ...at }]));
    const out = join(folder, "scores");
    const args = ["simulate", "--start", "2016-11-15", "--stop", "2016-11-16", "--site", "pole"];
    const refused = await runHere([...args, "--out", out], folder);
    assert.match(refused.err, /add your own with --sites FILE/);
    const ended = await runHere([...args, "--sites", sites, "--out", out], folder);
    assert.equal(ended.code, 0, ended.err);
    const truth = JSON.parse(await Deno.readTextFile(join(out, "truth.json")));
    assert.equal(truth.days[0].seconds.day, 0, "polar night");
  }));

Deno.test("simulate refuses what can't be, with the rule", () =>
  withFolder(async (folder) => {
    const refuse = async (args: string[], rule: RegExp): Promise<void> => {
      const ended = await runHere(["simulate", "--out", join(folder, "out"), ...args], folder);
      assert.equal(ended.code, 64, ended.err);
      assert.match(ended.err, rule);
    };
    await refuse(["--start", "2016-11-17", "--stop", "2016-11-15"], /stops before it starts/);
    await refuse(["--start", "2016-11-17T05", "--stop", "2016-11-18"], /a day that exists/);
    await refuse([...DAYS, "--site", "atlantis"], /Cannot find the site "atlantis"/);
    await refuse([...DAYS, "--seed", "-1"], /whole number/);
  }));
