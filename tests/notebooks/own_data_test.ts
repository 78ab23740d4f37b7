import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkOwn, marksOf, siteOf } from "../../notebooks/kit/own_data.ts";
import { copyForOwn } from "../../tools/notebooks/own_copies.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const NOTEBOOKS = fileURLToPath(new URL("../../notebooks", import.meta.url));

Deno.test("a notebook's first cell is checked: names, threshold, zone, annotations with coverage", () => {
  checkOwn({ scores: "a", threshold: 0.3, zone: "Pacific/Honolulu" });
  const refuses = (own: Record<string, unknown>, message: RegExp): void =>
    assert.throws(() => checkOwn(own), { name: "MegapteraError", message });
  refuses({ score: "a" }, /there is no `score`: known are scores, site, /);
  refuses({ threshold: 50 }, /`threshold` must be from 0 to 1: it is 50/);
  refuses({ zone: "Hawaii Time" }, /"Hawaii Time"/);
  refuses({ annotations: "a.csv" }, /`annotations` and `coverage` belong together/);
});

Deno.test("sites and annotations of the first cell are read, those of local time in the zone", () =>
  withFolder(async (folder) => {
    const [annotations, coverage] = [join(folder, "marks.csv"), join(folder, "coverage.csv")];
    await Deno.writeTextFile(
      annotations,
      "start,end,label\n2024-02-14 00:00:10,2024-02-14 00:00:20,x\n",
    );
    await Deno.writeTextFile(coverage, "start,end\n2024-02-14 00:00:00,2024-02-14 01:00:00\n");
    const marks = await marksOf({ annotations, coverage, zone: "Pacific/Honolulu" });
    assert.equal(marks?.song[0].startMs, Date.UTC(2024, 1, 14, 10, 0, 10));
    assert.equal(marks?.covered[0].stopMs, Date.UTC(2024, 1, 14, 11));
    assert.equal(await marksOf({}), undefined);
    assert.equal((await siteOf({ site: "mars" }))?.depthM, 891);
    assert.equal(await siteOf({}), undefined);
    await assert.rejects(siteOf({ site: "a", sites: join(folder, "no.json") }), {
      message: /^Cannot read .*no\.json as there is no such file\.$/,
    });
  }));

Deno.test("notebooks are copied with own data in their first cell, and other copies are kept", () =>
  withFolder(async (folder) => {
    for await (const { name } of Deno.readDir(NOTEBOOKS)) {
      if (name.endsWith(".ipynb")) await Deno.copyFile(join(NOTEBOOKS, name), join(folder, name));
    }
    const own = { scores: "/sea/kona", site: "kona", threshold: 0.7 };
    const copies = await copyForOwn(folder, own);
    assert.deepEqual(copies.map((path) => path.slice(folder.length + 1, -6)), [
      "own/kona/2_scores_to_bouts",
      "own/kona/3_the_season",
      "own/kona/4_day_and_night",
      "own/kona/6_whales_or_effort",
    ]);
    const text = await Deno.readTextFile(copies[1]);
    const cells: { source: string[] }[] = JSON.parse(text).cells;
    const code = cells.map(({ source }) => source.join("")).join("\n");
    assert.match(
      code,
      /^const own: OwnData = \{\n {2}scores: "\/sea\/kona",\n {2}site: "kona",\n/m,
    );
    assert.match(code, /from "\.\.\/\.\.\/\.\.\/analysis\/charts\/mod\.ts"/);
    assert.match(code, /from "\.\.\/\.\.\/kit\/season\.ts"/);
    assert.doesNotMatch(text, /image\/png/);
    await Deno.writeTextFile(copies[1], text.replace("# 3. The season", "# Mine"));
    assert.deepEqual(await copyForOwn(folder, own), copies);
    assert.match(await Deno.readTextFile(copies[1]), /# Mine/, "what is there is kept");
    await assert.rejects(copyForOwn(folder, { ...own, threshold: 0.8 }), {
      message: /with other data in its first cell: move it away/,
    });
  }));
