import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPamscapes, presenceToPamscapes } from "../../../analysis/exports/mod.ts";

const HOUR_MS = 3_600_000;
const ZERO = Date.UTC(2023, 7, 4, 22);
const hour = (number: number, effortSeconds: number, positiveSeconds: number | null) => ({
  startMs: ZERO + number * HOUR_MS,
  stopMs: ZERO + (number + 1) * HOUR_MS,
  effortSeconds,
  positiveSeconds,
});

/** Rows of a file as all readers of PAMscapes take them: whole seconds with `Z`, nothing else. */
function read(text: string): { start: number; end: number; species: string }[] {
  const [header, ...rows] = text.trimEnd().split("\n");
  assert.ok(header.startsWith("start,end,species"));
  return rows.map((row) => {
    const [start, end, species] = row.split(",");
    for (const time of [start, end]) assert.match(time, /^\d{4}(-\d\d){2}T\d\d:\d\d:\d\dZ$/);
    return { start: Date.parse(start), end: Date.parse(end), species };
  });
}

Deno.test("PAMscapes: only bins with bouts have a row, and effort is whole bins with effort enough", () => {
  const rows = [hour(0, 3600, 60), hour(1, 1800, 0), hour(2, 1799, 40), hour(3, 0, null)];
  const files = presenceToPamscapes([...rows, hour(4, 3600, 1)], {
    species: "HUWH",
    leastPositiveSeconds: 2,
    position: { latitude: 36.7, longitude: -122.2 },
  });
  assert.equal(
    files["presence_hourly.csv"],
    "start,end,species,Latitude,Longitude\n" +
      "2023-08-04T22:00:00Z,2023-08-04T23:00:00Z,HUWH,36.7,-122.2\n",
  );
  assert.equal(
    files["effort.csv"],
    "start,end,species\n2023-08-04T22:00:00Z,2023-08-05T00:00:00Z,HUWH\n" +
      "2023-08-05T02:00:00Z,2023-08-05T03:00:00Z,HUWH\n",
  );
});

Deno.test("PAMscapes: every presence is exactly a bin, within effort, and no effort is without scores", () => {
  const cell = fc.tuple(fc.integer({ min: 0, max: 3600 }), fc.integer({ min: 0, max: 3600 }));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 40 }), (cells) => {
      const rows = cells.map(([effort, bout], i) => hour(i, effort, effort ? bout : null));
      const files = presenceToPamscapes(rows);
      assert.deepEqual(checkPamscapes(files), []);
      const [presence, effort] = [read(files["presence_hourly.csv"]), read(files["effort.csv"])];
      for (const { start, end } of presence) {
        assert.equal(end - start, HOUR_MS);
        assert.ok(effort.some((span) => span.start <= start && end <= span.end));
      }
      for (const { startMs, effortSeconds } of rows) {
        const on = effort.some(({ start, end }) => start <= startMs && startMs < end);
        assert.equal(on, effortSeconds >= 1800);
      }
      assert.ok(effort.every(({ start }, i) => i === 0 || start > effort[i - 1].end));
    }),
    { seed: 2, numRuns: 200 },
  );
});

Deno.test("PAMscapes: days have a file of their own, and other bins are refused", () => {
  const day = { startMs: 0, stopMs: 24 * HOUR_MS, effortSeconds: 86_400, positiveSeconds: 1 };
  assert.equal(read(presenceToPamscapes([day])["presence_daily.csv"])[0].species, "Humpback whale");
  const minute = { startMs: 0, stopMs: 60_000, effortSeconds: 60, positiveSeconds: 1 };
  const local = { ...day, startMs: HOUR_MS, stopMs: 25 * HOUR_MS };
  for (const rows of [[], [minute], [local], [day, day]]) {
    assert.throws(() => presenceToPamscapes(rows), /hours or days of UTC, each once and in order/);
  }
});

Deno.test("PAMscapes: the check finds what it would misread or drop", () => {
  const position = { latitude: 36.7, longitude: -122.2 };
  const files = presenceToPamscapes([hour(0, 3600, 60), hour(1, 3600, 0)], { position });
  assert.deepEqual(checkPamscapes(files), []);
  const finds = (name: string, from: string, to: string, message: RegExp): void => {
    const damaged = { ...files, [name]: files[name].replace(from, to) };
    assert.notEqual(damaged[name], files[name]);
    const faults = checkPamscapes(damaged);
    assert.ok(faults.some((fault) => message.test(fault)), String(faults));
  };
  const presence = "presence_hourly.csv";
  finds(presence, "start,", "UTC,", /begins with UTC,end,species/);
  finds(presence, "Latitude", "lat", /the columns lat,Longitude/);
  finds(presence, "36.7", "136.7", /line 2: its Latitude can't be "136\.7"/);
  finds(presence, "23:00:00Z", "23:00:00+0000", /line 2: its times are none/);
  finds(presence, "23:00:00Z", "22:30:00Z", /line 2: its length is no bin's/);
  finds(presence, "Humpback whale", "HUWH", /line 2: it is off effort/);
  finds("effort.csv", "22:00:00Z", "22:00:01Z", /effort\.csv line 2: it is not of whole/);
  assert.match(checkPamscapes({ "effort.csv": "" })[0], /instead of effort\.csv and a file/);
});
