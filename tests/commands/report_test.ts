import assert from "node:assert/strict";
import { ScoreStore } from "../../pipeline/scores/mod.ts";
import { simulateRange } from "../../simulation/season/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { MARS } from "../helpers/simulated_presence.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const START_MS = Date.UTC(2016, 10, 8);

/** The report's data, as it stands in the page. */
function dataOf(page: string): {
  notices: string[];
  sections: {
    id: string;
    paragraphs?: string[];
    code?: string;
    list?: string[];
    tables?: { caption: string; rows: unknown[][] }[];
    charts: { spec: { title: { subtitle: string[] } } }[];
  }[];
} {
  return JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)![1]);
}

Deno.test("a report of simulated scores says so at the top and on every chart, and how to make it again", () =>
  withFolder(async (folder) => {
    const store = new ScoreStore(`${folder}/scores`);
    const stopMs = START_MS + 40 * 3_600_000;
    await simulateRange({ site: MARS, seed: 3, startMs: START_MS, stopMs, store });
    const out = `${folder}/report.html`;
    const args = [
      ...["report", `${folder}/scores`, "--site", "mars", "--out", out],
      ...["--threshold", "0.6", "--clips", "2"],
    ];
    const { code, err } = await runHere(args, folder);
    assert.equal(code, 0, err);
    const { notices, sections } = dataOf(await Deno.readTextFile(out));
    assert.match(notices[0], /^Simulated scores/);
    const charts = sections.flatMap(({ charts }) => charts);
    assert.ok(charts.length >= 6);
    for (const { spec } of charts) {
      assert.ok(spec.title.subtitle.some((line) => line.startsWith("Simulated scores")));
    }
    const again = sections.find(({ id }) => id === "again")?.code ?? "";
    assert.match(again, /megaptera report '.*scores' --threshold 0\.6 --median 25 .* --seed 1 /);
  }));

Deno.test("a report tells of hours without a score file, and of a site that nobody named", () =>
  withFolder(async (folder) => {
    const store = new ScoreStore(`${folder}/scores`);
    const stopMs = START_MS + 6 * 3_600_000;
    await simulateRange({ site: MARS, seed: 3, startMs: START_MS, stopMs, store });
    for (const name of ["csv", "json"]) {
      await Deno.remove(`${folder}/scores/2016/11/20161108_03.${name}`);
    }
    const out = `${folder}/report.html`;
    const report = ["report", `${folder}/scores`, "--out", out];
    const { code, err } = await runHere(report, folder);
    assert.equal(code, 0, err);
    assert.match(err, /note: No site was named, so there is no place and no sun: .*--site/);
    const page = await Deno.readTextFile(out);
    const { sections } = dataOf(page);
    // Whose sun it would be nobody said: there is no place, no night and no light.
    assert.doesNotMatch(page, /MARS|Monterey|[Ss]unrise|Light was classed/);
    const diel = sections.find(({ id }) => id === "diel");
    assert.match(diel?.paragraphs?.[0] ?? "", /Name one with --site/);
    assert.equal(diel?.charts.length, 1);
    const scored = sections.find(({ id }) => id === "scored");
    assert.ok(scored?.list?.some((note) => note.startsWith("No site was named")));
    assert.deepEqual(
      scored?.tables?.[1].rows.find(([reason]) => String(reason).startsWith("no score file")),
      ["no score file, or none that says why", 1],
    );
    const methods = (page: string): string =>
      dataOf(page).sections.find(({ id }) => id === "methods")?.paragraphs?.[0] ?? "";
    assert.match(methods(await Deno.readTextFile(out)), /scored with Megaptera \S+ \(none: sim/);
    for (let hour = 0; hour < 6; hour++) {
      await Deno.remove(`${folder}/scores/2016/11/20161108_0${hour}.json`).catch(() => {});
    }
    const named = await runHere([...report, "--site", "mars"], folder);
    assert.doesNotMatch(named.err, /No site was named/);
    assert.match(methods(await Deno.readTextFile(out)), /a program that left no record of itself/);
  }));

Deno.test("seasons of a southern site begin in February, where nobody sings", () =>
  withFolder(async (folder) => {
    const store = new ScoreStore(`${folder}/scores`);
    const stopMs = START_MS + 3 * 3_600_000;
    await simulateRange({ site: MARS, seed: 3, startMs: START_MS, stopMs, store });
    const south = { latitude: -17.9, longitude: -38.7, depthM: 30, timeZone: "America/Bahia" };
    const site = { name: "abrolhos", title: "Abrolhos", source: "/data/{YYYYMMDD}.wav", ...south };
    await Deno.writeTextFile(`${folder}/sites.json`, JSON.stringify([site]));
    const sites = ["--sites", `${folder}/sites.json`, "--site", "abrolhos"];
    const out = `${folder}/report.html`;
    const report = ["report", `${folder}/scores`, "--out", out, ...sites];
    const { code, err } = await runHere(report, folder);
    assert.equal(code, 0, err);
    const { sections } = dataOf(await Deno.readTextFile(out));
    const titles = sections.flatMap(({ tables }) => tables ?? []).map(({ caption }) => caption);
    assert.ok(titles.includes("First and last song of each season, from February"));
  }));

Deno.test("a report of a folder without scores is refused in one sentence", () =>
  withFolder(async (folder) => {
    const { code, err } = await runHere(["report", folder, "--out", `${folder}/r.html`], folder);
    assert.equal(code, 65);
    assert.match(err, /no hourly score files/);
    await assert.rejects(Deno.stat(`${folder}/r.html`));
  }));

Deno.test("a report of two seasons has them on one axis, with hours and times by the zone that was named", () =>
  withFolder(async (folder) => {
    const store = new ScoreStore(`${folder}/scores`);
    const startMs = Date.UTC(2016, 6, 31);
    await simulateRange({ site: MARS, seed: 3, startMs, stopMs: startMs + 2 * 86_400_000, store });
    const out = `${folder}/report.html`;
    const args = ["report", `${folder}/scores`, "--threshold", "0.2", "--out", out];
    const zone = ["--zone", "Asia/Kathmandu"];
    const { code, err } = await runHere([...args, ...zone], folder);
    assert.equal(code, 0, err);
    const page = await Deno.readTextFile(out);
    const { sections } = dataOf(page);
    assert.match(page, /Seasons on one axis: 2015\/16 [^"]*; 2016\/17 /);
    const hours = sections.find(({ id }) => id === "diel")!.tables!;
    assert.ok(hours.some(({ caption }) => caption === "Hours of the day (Asia/Kathmandu)"));
    const again = sections.find(({ id }) => id === "again")?.code ?? "";
    assert.match(again, / --zone Asia\/Kathmandu /);
    const refused = await runHere([...args, "--zone", "PST"], folder);
    assert.equal(refused.code, 64);
    assert.match(refused.err, /PST/);
  }));
