import assert from "node:assert/strict";
import {
  byCollar,
  type Counts,
  eventCounts,
  intersectionCounts,
  psds,
  ratesOf,
  segmentCounts,
} from "../../../analysis/evaluation/mod.ts";
import { inMs, readGoldens } from "./goldens.ts";

const goldens = await readGoldens();
const covered = [{ startMs: 0, stopMs: goldens.lengthSeconds * 1000 }];

/** Compares all that the golden has; it has null where sed_eval divides by nothing. */
function agree(found: Counts, golden: Record<string, number | null>, what: string): void {
  const all: Record<string, number> = { ...found, ...ratesOf(found) };
  for (const [key, expected] of Object.entries(golden)) {
    if (expected === null) continue;
    assert.ok(Math.abs(all[key] - expected) < 1e-12, `${what} ${key}: ${all[key]}, ${expected}`);
  }
}

Deno.test("segments of any length are counted as sed_eval counts them", () => {
  for (const { reference, detected, segments } of goldens.cases) {
    for (const [seconds, golden] of Object.entries(segments)) {
      const options = { lengthMs: Number(seconds) * 1000 };
      const found = segmentCounts(inMs(reference), inMs(detected), covered, options);
      agree(found, golden, `segments of ${seconds} s`);
    }
  }
});

Deno.test("events are matched as sed_eval matches them optimally, with any collar", () => {
  for (const { reference, detected, events } of goldens.cases) {
    for (const [collar, golden] of Object.entries(events)) {
      const criterion = byCollar(Number(collar) * 1000);
      const found = eventCounts(inMs(reference), inMs(detected), covered, criterion);
      agree(found, golden, `collar of ${collar} s`);
    }
  }
});

Deno.test("intersections are counted as psds_eval counts them, with any shares", () => {
  for (const { reference, detected, intersection } of goldens.cases) {
    for (const [share, golden] of Object.entries(intersection)) {
      const options = { detectionShare: Number(share), callShare: Number(share) };
      const found = intersectionCounts(inMs(reference), inMs(detected), covered, options);
      agree(found, golden, `shares of ${share}`);
    }
  }
});

Deno.test("the staircase over thresholds has the area that psds_eval gives it", () => {
  const { reference, points, psds: golden } = goldens.staircase;
  const operating = points.map((detected) => {
    const counts = intersectionCounts(inMs(reference), inMs(detected), covered);
    const falsePerHour = counts.falsePositives / (goldens.lengthSeconds / 3600);
    return { recall: ratesOf(counts).recall, falsePerHour };
  });
  for (const [most, expected] of Object.entries(golden)) {
    assert.ok(Math.abs(psds(operating, Number(most)) - expected) < 1e-12);
  }
  assert.equal(psds([], 100), 0);
});
