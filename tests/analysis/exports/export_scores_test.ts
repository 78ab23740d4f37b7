import assert from "node:assert/strict";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import {
  boutsTable,
  exportScores,
  openBoutExporters,
  readBouts,
} from "../../../analysis/exports/mod.ts";
import { findBouts } from "../../../pipeline/bouts/mod.ts";
import { ScoreSet } from "../../../pipeline/scores/mod.ts";
import { MADE_ABOUT } from "../../helpers/made_bouts.ts";
import { plantHour } from "../../helpers/planted_scores.ts";
import { SeededRandom } from "../../helpers/seeded_random.ts";
import { namesIn, withFolder } from "../../helpers/temporary_folder.ts";

const START = Date.UTC(2021, 0, 1, 22);

Deno.test("all scores go into one Parquet file, second by second, null without effort", () =>
  withFolder(async (folder) => {
    const random = new SeededRandom(3);
    const planted: { time: Date; score: number | null }[] = [];
    for (const hour of [0, 1, 26]) {
      const hourMs = START + hour * 3_600_000;
      await plantHour(join(folder, "scores"), hourMs, (bin) => {
        const score = random.below(50) === 0 ? NaN : random.below(1_000_001) / 1e6;
        planted.push({
          time: new Date(hourMs + bin * 1000),
          score: Number.isNaN(score) ? null : score,
        });
        return score;
      });
    }
    const out = join(folder, "out", "scores.parquet");
    assert.equal(await exportScores(await ScoreSet.open(join(folder, "scores")), out), 3 * 3600);
    assert.deepEqual(await namesIn(join(folder, "out")), ["scores.parquet"]);
    const file = (await Deno.readFile(out)).buffer;
    assert.deepEqual(await parquetReadObjects({ file }), planted);
  }));

Deno.test("calls as a table have the columns of the CSV, with dates", () =>
  withFolder(async (folder) => {
    await plantHour(folder, START, (bin) => bin >= 100 && bin < 160 ? 0.9 : 0.1);
    const table = await boutsTable(folder);
    assert.deepEqual(table.objects(), [{
      start: new Date(START + 101_456),
      end: new Date(START + 161_456),
      duration_s: 60,
      positive_s: 60,
      peak_score: 0.9,
      mean_score: table.get("mean_score", 0),
      peak_time: new Date(START + 101_956),
      at_gap: false,
    }]);
    assert.ok(Math.abs(table.get("mean_score", 0) - 0.9) < 1e-9);
  }));

Deno.test("a bout that missing effort cuts has no length, in tables and in every format", () =>
  withFolder(async (folder) => {
    // Song from 100 s on, until the recorder sleeps at 600 s; and song that ends by itself.
    await plantHour(
      folder,
      START,
      (bin) => bin >= 600 && bin < 1800 ? NaN : bin >= 100 && bin < 2000 ? 0.9 : 0.1,
    );
    const table = await boutsTable(folder);
    assert.deepEqual(table.array("at_gap"), [true, true]);
    assert.deepEqual(table.array("duration_s"), [null, null]);
    const exporters = await openBoutExporters(join(folder, "calls.csv"), [
      "csv",
      "json",
      "parquet",
    ]);
    for await (const bout of findBouts(folder)) {
      for (const exporter of exporters) await exporter.add(bout);
    }
    for (const exporter of exporters) await exporter.commit(MADE_ABOUT);
    const csv = await Deno.readTextFile(join(folder, "calls.csv"));
    assert.match(csv, /\n2021-[^,]*,2021-[^,]*,,500,0\.9,/);
    const json = JSON.parse(await Deno.readTextFile(join(folder, "calls.json")));
    const file = (await Deno.readFile(join(folder, "calls.parquet"))).buffer;
    for (const bouts of [json.calls, await parquetReadObjects({ file })]) {
      assert.deepEqual(bouts.map((bout: Record<string, unknown>) => bout.duration_s), [null, null]);
    }
    assert.equal((await readBouts(join(folder, "calls.parquet"))).length, 2);
  }));
