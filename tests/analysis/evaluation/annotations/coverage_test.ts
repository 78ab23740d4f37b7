import assert from "node:assert/strict";
import { certainAnnotations, readCoverage } from "../../../../analysis/evaluation/mod.ts";

const ZERO = Date.UTC(2021, 0, 1);
const coverage = (text: string): number[][] =>
  readCoverage(text, "coverage.csv")
    .map(({ startMs, stopMs }) => [(startMs - ZERO) / 1000, (stopMs - ZERO) / 1000]);

Deno.test("coverage is spans of time, spans of files or whole files, joined where they touch", () => {
  const times = "start,end\n2021-01-01T00:01:00Z,2021-01-01T00:02:00Z\n" +
    "2021-01-01T00:00:00Z,2021-01-01T00:01:00Z\n";
  assert.deepEqual(coverage(times), [[0, 120]]);
  assert.deepEqual(coverage("file,start,end\nM-20210101T010000Z.wav,30,90\n"), [[3630, 3690]]);
  assert.deepEqual(coverage("file,duration_s\nM-20210101T010000Z.wav,599.5\n"), [[3600, 4199.5]]);
});

Deno.test("coverage that can't be is refused with its line", () => {
  const rejects = (text: string, message: RegExp): void => {
    assert.throws(() => coverage(text), { name: "MegapteraError", message });
  };
  rejects("from,to\n1,2\n", /neither the columns start and end nor file and duration_s/);
  rejects("file,duration_s\nM-20210101T010000Z.wav,0\n", /line 2 .* it has no length/);
  rejects("file,duration_s\nM-20210101T010000Z.wav,long\n", /line 2 .* a number of seconds from 0/);
  rejects("file,duration_s\nM-20210101T010000Z.wav,1e308\n", /line 2 as a time has a year of four/);
  rejects("start,end\n", /coverage\.csv as it has no rows/);
});

Deno.test("uncertain marks are no bouts and their time does not count; certain bouts keep theirs", () => {
  const mark = (start: number, stop: number, label: string) => (
    { startMs: start, stopMs: stop, label, line: 1 }
  );
  const marks = [
    mark(0, 4, "song"),
    mark(3, 8, "Uncertain"),
    mark(10, 12, "ship"),
    mark(14, 15, "song?"),
  ];
  const listened = [{ startMs: 0, stopMs: 20 }];
  const { counted, uncertain, covered } = certainAnnotations(marks, listened, { labels: ["Song"] });
  assert.deepEqual(counted.map(({ startMs }) => startMs), [0]);
  assert.equal(uncertain.length, 2);
  assert.deepEqual(covered.map(({ startMs, stopMs }) => [startMs, stopMs]), [
    [0, 4],
    [8, 14],
    [15, 20],
  ]);
  assert.equal(certainAnnotations(marks, listened).counted.length, 2);
});
