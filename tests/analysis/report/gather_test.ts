import assert from "node:assert/strict";
import { boutsTable } from "../../../analysis/exports/mod.ts";
import { presenceTable, sensitivity, tableOfColumns } from "../../../analysis/presence/mod.ts";
import { gather } from "../../../analysis/report/mod.ts";
import { BOUT_DEFAULTS } from "../../../pipeline/bouts/mod.ts";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { ScoreSet } from "../../../pipeline/scores/score_set.ts";
import { simulateRange } from "../../../simulation/season/mod.ts";
import { MARS } from "../../helpers/simulated_presence.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const START_MS = Date.UTC(2016, 10, 8);
const HOURS = 60;

Deno.test("one reading of scores gives what presence and bouts give by themselves", () =>
  withFolder(async (folder) => {
    const stopMs = START_MS + HOURS * 3_600_000;
    const store = new ScoreStore(folder);
    await simulateRange({ site: MARS, seed: 3, startMs: START_MS, stopMs, store });
    const set = await ScoreSet.open(folder);
    const found = await gather(set, { ...BOUT_DEFAULTS, best: 3, random: 1000, seed: 1 });
    for (const by of ["hour", "minute"] as const) {
      const alone = await presenceTable(folder, { by });
      const table = tableOfColumns(by === "hour" ? found.hours : found.minutes);
      assert.equal(table.numRows(), alone.numRows());
      const numbers = (of: typeof table, name: string): number[] =>
        Array.from(of.array(name) as ArrayLike<unknown>, Number);
      for (const name of ["start", "effort_s", "call_s"]) {
        assert.deepEqual(numbers(table, name), numbers(alone, name));
      }
    }
    const bouts = await boutsTable(folder);
    assert.equal(found.bouts.count, bouts.numRows());
    assert.ok(found.bouts.count > 0);
    assert.deepEqual(
      found.bouts.sample.map(({ startMs }) => startMs),
      Array.from(bouts.array("start") as ArrayLike<unknown>, Number),
    );
    assert.equal(
      found.histogram.reduce((sum, one) => sum + one, 0),
      found.hours.effort.reduce((sum, one) => sum + one, 0),
    );
    assert.equal(found.manifest?.detector.name, "simulated");
    // A file a day, and one after Wednesday's maintenance.
    assert.deepEqual(
      found.files.map(({ start }) => start.slice(8, 16)),
      ["08T00:00", "09T00:00", "09T17:10", "10T00:00"],
    );
    assert.deepEqual(found.sensitivity, await sensitivity(folder));
    assert.equal(
      found.sensitivity.find(({ threshold }) => threshold === 0.5)?.bouts,
      bouts.numRows(),
    );
  }));
