import assert from "node:assert/strict";
import { type Absence, withStops } from "../../../pipeline/timeline/absent.ts";
import type { TimelineEntry } from "../../../pipeline/timeline/timeline_types.ts";

/** Recordings of ten minutes an hour, 16 bits at 16 kHz. */
const entries: TimelineEntry[] = [0, 1, 3, 5].map((hour) => ({
  uri: `file:///${hour}.wav`,
  sizeBytes: 44 + 600 * 32_000,
  version: "",
  startMs: hour * 3_600_000,
  resolutionMs: 1000,
  sampleRateHz: 16_000,
  channels: 1,
  frames: 600 * 16_000,
}));

/** Seconds that a recording at an hour is charged, where they can be told. */
function charged(hour: number, length: Absence["length"], ending = "wav"): number | undefined {
  const absence: Absence = {
    uri: `file:///${hour}.${ending}`,
    startMs: hour * 3_600_000,
    kind: "unreadable",
    reason: "",
    ...(length && { length }),
  };
  const [{ stopMs }] = withStops([absence], entries);
  return stopMs === undefined ? undefined : (stopMs - absence.startMs) / 1000;
}

Deno.test("what can't be read is charged its own length: by its header, its size, or as usual", () => {
  assert.equal(charged(2, { sizeBytes: 1e6, seconds: 123 }), 123);
  assert.equal(Math.round(charged(2, { sizeBytes: 300 * 32_000 })!), 300);
  assert.equal(charged(2, { sizeBytes: 0 }), 600);
  assert.equal(charged(2, { sizeBytes: 44 }), 600);
  // It can't last into the next recording.
  assert.equal(charged(2, { sizeBytes: 1e12 }), 3600);
  assert.equal(Math.round(charged(6, { sizeBytes: 7200 * 32_000 })!), 7200);
});

Deno.test("where nothing tells its length it stays open: another format, or a file that is missing", () => {
  assert.equal(charged(2, { sizeBytes: 1e6 }, "flac"), undefined);
  assert.equal(charged(2, undefined), undefined);
});
