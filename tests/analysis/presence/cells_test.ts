import assert from "node:assert/strict";
import { table } from "arquero";
import fc from "fast-check";
import {
  completeCube,
  type DayCube,
  daySums,
  hourCube,
  hourOfClock,
  lightCube,
  monthRanges,
  presenceColumns,
} from "../../../analysis/presence/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const HOUR_MS = 3_600_000;
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

Deno.test("a table that is no presence table is refused, with the row", () => {
  const start = [0, 1, 3].map((hour) => new Date(hour * HOUR_MS));
  const effort_s = [3600, 3600, 3600];
  const refuse = (columns: Record<string, unknown[]>, rule: RegExp) =>
    assert.throws(() => presenceColumns(table(columns)), rule);
  refuse({ start, effort_s, call_s: [0, 0, 0] }, /missing or twice at row 2/);
  refuse({ start, effort_s }, /without a column "call_s"/);
  const even = start.map((_, hour) => new Date(hour * HOUR_MS));
  refuse({ start: even, effort_s, call_s: [0, 3601, 0] }, /row 1 has 3601 s of song in 3600 s/);
  refuse({ start: even, effort_s: [3601, 0, 0], call_s: [0, 0, 0] }, /row 0 has 0 s of song/);
  const scheduled_s = [3601, 0, 0];
  refuse(
    { start: even, effort_s, call_s: [0, 0, 0], scheduled_s },
    /row 0 has 3601 s of scheduled/,
  );
  refuse({ start: [], effort_s: [], call_s: [] }, /presence of no cells/);
});

Deno.test("a cell in two classes of light is shared out by time", () => {
  const columns = presenceColumns(presenceTable(0, 2, 3600, () => [1800, 900]));
  const cube = lightCube(columns, [
    { startMs: 0, stopMs: HOUR_MS / 4, light: "night" },
    { startMs: HOUR_MS / 4, stopMs: 2 * HOUR_MS, light: "day" },
  ]);
  assert.deepEqual([...cube.part], [225, 0, 1575, 0]);
  assert.deepEqual([...cube.effort], [450, 0, 3150, 0]);
  assert.deepEqual([...cube.possible], [900, 0, 6300, 0]);
});

Deno.test("months are UTC's, and the first and last may be cut", () => {
  const columns = presenceColumns(
    presenceTable(Date.UTC(2016, 0, 30, 12), 24 * 32, 3600, () => [0, 0]),
  );
  assert.deepEqual(monthRanges(hourCube(columns)), [[0, 2], [2, 31], [31, 33]]);
});

Deno.test("hours of a clock follow summer time where the zone does, and never at a fixed offset", () => {
  const january = Date.UTC(2021, 0, 1, 20);
  const july = Date.UTC(2021, 6, 1, 20);
  assert.equal(hourOfClock({ timeZone: "America/Los_Angeles" })(january), 12);
  assert.equal(hourOfClock({ timeZone: "America/Los_Angeles" })(july), 13);
  assert.equal(hourOfClock({ timeZone: "Etc/GMT+8" })(july), 12);
  assert.equal(hourOfClock({ timeZone: "Asia/Kathmandu" })(Date.UTC(2021, 0, 1, 0, 15)), 6);
  assert.equal(hourOfClock()(-1), 23);
  assert.throws(() => hourOfClock({ solarAtLongitude: 181 }), /−180 to 180: 181/);
});

Deno.test("a cube heard in full is complete as it is", () => {
  const columns = presenceColumns(
    presenceTable(0, 24 * 60, 3600, (_, hour) => [3600, hour * 37 % 3600]),
  );
  const cube = hourCube(columns);
  const whole = completeCube(cube);
  for (let at = 0; at < cube.part.length; at++) {
    assert.ok(Math.abs(whole.part[at] - cube.part[at]) < 1e-6);
    assert.ok(Math.abs(whole.effort[at] - cube.effort[at]) < 1e-6);
  }
});

Deno.test("a complete cube gives each month's classes their own ratio and their whole length", () => {
  const cell = fc.record({
    effort: fc.integer({ min: 0, max: 100 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 80, maxLength: 80 }), (cells) => {
      // Forty days of two classes, from 10 January on: two months.
      const cube: DayCube = {
        firstDayMs: Date.UTC(2021, 0, 10),
        days: 40,
        classes: 2,
        part: Float64Array.from(cells, ({ effort, share }) => effort * share),
        effort: Float64Array.from(cells, ({ effort }) => effort),
        possible: new Float64Array(80).fill(100),
        scheduled: new Float64Array(80).fill(100),
      };
      const whole = completeCube(cube);
      for (const [from, to] of monthRanges(cube)) {
        for (const i of [0, 1]) {
          const of = (values: Float64Array) => sum(daySums(values, 2, [i]).subarray(from, to));
          if (of(cube.effort) === 0) {
            assert.ok(of(whole.effort) === 0 && of(whole.part) === 0);
            continue;
          }
          assert.ok(Math.abs(of(whole.effort) - (to - from) * 100) < 1e-6);
          const ratio = of(cube.part) / of(cube.effort);
          assert.ok(Math.abs(of(whole.part) / of(whole.effort) - ratio) < 1e-9);
        }
      }
    }),
    { seed: 3, numRuns: 100 },
  );
});
