import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type PresenceCell,
  presenceCells,
  type PresenceOptions,
  presenceRow,
  presenceTable,
} from "../../../analysis/presence/mod.ts";
import { TimeZone } from "../../../core/mod.ts";
import {
  BOUT_DEFAULTS,
  findBinBouts,
  medianFilter,
  positiveBins,
} from "../../../pipeline/bouts/mod.ts";
import { plantHour } from "../../helpers/planted_scores.ts";
import { SeededRandom } from "../../helpers/seeded_random.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const HOUR_MS = 3_600_000;
const START = Date.UTC(2021, 0, 1, 22);

const cellsOf = (folder: string, options: PresenceOptions = {}): Promise<PresenceCell[]> =>
  Array.fromAsync(presenceCells(folder, options));

/** Four hours over midnight with song, noise and lost seconds, the third hour missing. */
function scoresFor(seed: number): Float64Array {
  const random = new SeededRandom(seed);
  let song = false;
  return Float64Array.from({ length: 4 * 3600 }, (_, bin) => {
    if (random.below(90) === 0) song = !song;
    const lost = Math.floor(bin / 3600) === 2 || random.below(400) === 0;
    return lost ? NaN : ((song ? 5 : 1) + random.below(5)) / 10;
  });
}

async function plant(folder: string, scores: Float64Array): Promise<void> {
  for (const hour of [0, 1, 3]) {
    await plantHour(folder, START + hour * HOUR_MS, (bin) => scores[hour * 3600 + bin]);
  }
}

Deno.test("presence is what its written definition says, second by second", async () => {
  for (const [seed, by] of [[1, "minute"], [2, "hour"], [3, "day"], [4, "month"]] as const) {
    await withFolder(async (folder) => {
      const scores = scoresFor(seed);
      await plant(folder, scores);
      const filtered = medianFilter(scores, BOUT_DEFAULTS.median);
      const isPositive = positiveBins(filtered, BOUT_DEFAULTS.threshold);
      const bouts = findBinBouts(filtered, BOUT_DEFAULTS);
      const cells = await cellsOf(folder, { by });
      const last = cells[cells.length - 1];
      assert.ok(cells[0].startMs <= START && last.stopMs >= START + 4 * HOUR_MS);
      cells.forEach((cell, i) => {
        if (i > 0) assert.equal(cell.startMs, cells[i - 1].stopMs);
        const inside = (bin: number): boolean =>
          START + bin * 1000 >= cell.startMs && START + bin * 1000 < cell.stopMs;
        let [effort, positive] = [0, 0];
        scores.forEach((score, bin) => {
          if (!inside(bin) || Number.isNaN(score)) return;
          effort++;
          positive += isPositive[bin];
        });
        assert.equal(cell.effortSeconds, effort);
        const enough = effort >= 0.5 * (cell.stopMs - cell.startMs) / 1000;
        assert.equal(cell.positiveSeconds, effort > 0 ? positive : null);
        assert.equal(cell.proportion, enough ? positive / effort : null);
        assert.equal(
          cell.bouts,
          effort > 0 ? bouts.filter(({ start }) => inside(start)).length : null,
        );
      });
    });
  }
});

Deno.test("every cell of the range has its row: one without effort has effort 0 and the rest empty", () =>
  withFolder(async (folder) => {
    await plantHour(folder, START, 0.9);
    await plantHour(folder, START + 2 * HOUR_MS, (bin) => bin < 600 ? 0.1 : NaN);
    const rows = (await cellsOf(folder)).map((cell) => presenceRow(cell, new TimeZone("UTC")));
    assert.deepEqual(rows, [
      "2021-01-01T22:00:00Z,3600,3600,1.000000,1,3600",
      "2021-01-01T23:00:00Z,0,,,,3600",
      "2021-01-02T00:00:00Z,600,0,,0,3600",
    ]);
    const few = await cellsOf(folder, { minEffort: 0.1 });
    assert.deepEqual(few.map(({ proportion }) => proportion), [1, null, 0]);
  }));

Deno.test("a bout over midnight counts in the hour that it starts in, its seconds where they lie", () =>
  withFolder(async (folder) => {
    await plantHour(folder, START + HOUR_MS, (bin) => bin >= 3000 ? 0.9 : 0.1);
    await plantHour(folder, START + 2 * HOUR_MS, (bin) => bin < 100 ? 0.9 : 0.1);
    const cells = await cellsOf(folder);
    assert.deepEqual(cells.map(({ positiveSeconds, bouts }) => [positiveSeconds, bouts]), [
      [600, 1],
      [100, 0],
    ]);
  }));

Deno.test("days in local time have 23 and 25 hours where summer time begins and ends", async () => {
  for (const [day, hours] of [[Date.UTC(2021, 2, 14), 23], [Date.UTC(2021, 10, 7), 25]]) {
    await withFolder(async (folder) => {
      for (let hour = 0; hour < 60; hour++) await plantHour(folder, day + hour * HOUR_MS, 0.9);
      const cells = await cellsOf(folder, { by: "day", zone: "America/Los_Angeles" });
      const local = cells.map(({ startMs, stopMs }) => (stopMs - startMs) / HOUR_MS);
      assert.equal(local[1], hours);
      assert.equal(cells[1].effortSeconds, hours * 3600);
      assert.equal(cells[1].proportion, 1);
      const row = presenceRow(cells[1], new TimeZone("America/Los_Angeles"));
      assert.match(
        row,
        hours === 23 ? /^2021-03-14T00:00:00-08:00,/ : /^2021-11-07T00:00:00-07:00,/,
      );
    });
  }
});

Deno.test("a table has a row a cell, with dates and with nulls where nothing is known", () =>
  withFolder(async (folder) => {
    await plantHour(folder, START, 0.9);
    await plantHour(folder, START + 2 * HOUR_MS, 0.1);
    const table = await presenceTable(folder);
    assert.deepEqual(table.columnNames(), [
      "start",
      "stop",
      "effort_s",
      "call_s",
      "proportion",
      "bouts",
      "scheduled_s",
    ]);
    assert.deepEqual(table.array("start"), [0, 1, 2].map((h) => new Date(START + h * HOUR_MS)));
    assert.deepEqual(table.array("proportion"), [1, null, 0]);
  }));

Deno.test("an unknown zone is a usage error", () =>
  withFolder(async (folder) => {
    await plantHour(folder, START, 0.9);
    await assert.rejects(cellsOf(folder, { zone: "Monterey" }), { kind: "usage" });
  }));

Deno.test("sums over hours, days and months agree", () =>
  withFolder(async (folder) => {
    await plant(folder, scoresFor(7));
    const zone = fc.constantFrom("UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia");
    const by = fc.constantFrom("minute" as const, "hour" as const, "day" as const);
    const sums = (cells: PresenceCell[]) =>
      cells.reduce((sum, { effortSeconds, positiveSeconds, bouts }) =>
        [effortSeconds, positiveSeconds ?? 0, bouts ?? 0].map((value, i) => value + sum[i]), [
        0,
        0,
        0,
      ]);
    const whole = sums(await cellsOf(folder, { by: "month" }));
    await fc.assert(
      fc.asyncProperty(zone, by, async (zone, by) => {
        assert.deepEqual(sums(await cellsOf(folder, { zone, by })), whole);
      }),
      { seed: 1, numRuns: 12 },
    );
  }));
