import assert from "node:assert/strict";
import fc from "fast-check";
import { CELL_SIZES, CellGrid } from "../../../analysis/presence/mod.ts";
import { TimeZone } from "../../../core/mod.ts";

const ZONES = [
  ...["UTC", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"],
  ...["America/Sao_Paulo", "America/Havana", "Pacific/Auckland", "Africa/Casablanca"],
];

/** What a clock on the wall shows, down to the length of a cell. */
function shown(ms: number, zone: string, by: string): string {
  const clock = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  });
  return clock.format(ms).slice(0, { minute: 16, hour: 13, day: 10, month: 7 }[by]);
}

Deno.test("an instant's cell begins at or before it and shows the same minute, hour, day or month", () => {
  const second = fc.integer({ min: Date.UTC(1990, 0) / 1000, max: Date.UTC(2035, 0) / 1000 });
  const zone = fc.constantFrom(...ZONES);
  fc.assert(
    fc.property(second, zone, fc.constantFrom(...CELL_SIZES), (seconds, zone, by) => {
      const [ms, grid] = [seconds * 1000, new CellGrid(by, new TimeZone(zone))];
      const start = grid.startOf(ms);
      assert.ok(start <= ms && grid.after(start) > ms);
      assert.equal(shown(start, zone, by), shown(ms, zone, by));
      // The second before is of another cell, but in an hour that a zone repeats or cuts short.
      if (by === "day" || by === "month") {
        assert.notEqual(shown(start - 1000, zone, by), shown(ms, zone, by));
        assert.notEqual(shown(grid.after(start), zone, by), shown(ms, zone, by));
      }
    }),
    { seed: 12, numRuns: 1500 },
  );
});

Deno.test("a day that a zone skips altogether has no cell", () => {
  const zone = new TimeZone("Pacific/Apia");
  const grid = new CellGrid("day", zone);
  const start = grid.startOf(Date.UTC(2011, 11, 30, 9));
  const next = grid.after(start);
  assert.deepEqual([start, next].map((ms) => shown(ms, zone.name, "day")), [
    "2011-12-29",
    "2011-12-31",
  ]);
});

Deno.test("hours of a zone whose summer time is half an hour long stay at the tops of its hours", () => {
  const zone = new TimeZone("Australia/Lord_Howe");
  const grid = new CellGrid("hour", zone);
  let ms = grid.startOf(Date.UTC(2021, 3, 3, 13));
  const minutes: number[] = [];
  for (let i = 0; i < 4; i++) {
    const next = grid.after(ms);
    minutes.push((next - ms) / 60_000);
    ms = next;
  }
  assert.deepEqual(minutes.toSorted((a, b) => a - b), [30, 60, 60, 60]);
  const change = Date.UTC(2021, 3, 3, 15);
  assert.deepEqual([0, 10, 30].map((more) => grid.startOf(change + more * 60_000) - change), [
    0,
    0,
    1_800_000,
  ]);
});
