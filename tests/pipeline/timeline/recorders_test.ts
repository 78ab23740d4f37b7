import assert from "node:assert/strict";
import { mixedRecorders, namedList, timeline } from "../../../pipeline/timeline/mod.ts";
import { recordingStart } from "../../../pipeline/timeline/start_time.ts";
import type { TimelineEntry } from "../../../pipeline/timeline/timeline_types.ts";

const RATE_HZ = 16_000;

/** Recordings of so many seconds each, by names. */
function recordings(names: readonly string[], seconds = 600): TimelineEntry[] {
  return names.map((name) => ({
    uri: `file:///data/${name}`,
    sizeBytes: 0,
    version: "",
    ...recordingStart(name),
    sampleRateHz: RATE_HZ,
    channels: 1,
    frames: seconds * RATE_HZ,
  }));
}

/** Names of recordings that follow each other, `*` in them being the time. */
function names(
  pattern: string,
  count: number,
  firstMs = Date.UTC(2021, 0, 1),
  everyS = 600,
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const iso = new Date(firstMs + i * everyS * 1000).toISOString();
    return pattern.replace("*", iso.slice(0, 19).replace(/[-:]/g, "").replace("T", "_"));
  });
}

function mixed(entries: readonly TimelineEntry[]): string | undefined {
  return mixedRecorders(entries, timeline(entries).overlaps);
}

const pairs: [string, string, string, string][] = [
  ["serial numbers", "6871_*.wav", "6872_*.wav", "/data/6871_*.wav"],
  ["a version beside the plain one", "A_*-HPF.wav", "A_*.wav", "/data/A_*-HPF.wav"],
  ["two formats", "A_*.flac", "A_*.wav", "/data/A_*.flac"],
  ["a name that a pattern of * takes in", "A_*.wav", "A_*_F.wav", "/data/A_???????????????.wav"],
  ["folders", "one/*.wav", "two/*.wav", "/data/one/"],
];
for (const [what, one, other, choice] of pairs) {
  Deno.test(`two recorders side by side are found: ${what}`, () => {
    const found = mixed(recordings([...names(one, 20), ...names(other, 20)]));
    const [first, second] = [one, other].map((name) =>
      name.startsWith("A") || name.startsWith("6") ? name : `/data/${name.slice(0, 4)}`
    );
    assert.equal(
      found,
      "recordings of two recorders, or two versions of the same ones, overlap: " +
        `${first} (20 files) and ${second} (20 files), 20 times, first at 2021-01-01T00:00:00Z; name ` +
        `one of them alone, such as '${choice}'`,
    );
    // By half of their length too, where each would be used in turn.
    const shifted = names(other, 20, Date.UTC(2021, 0, 1, 0, 5));
    assert.match(mixed(recordings([...names(one, 20), ...shifted]))!, /overlap: /);
  });
}

Deno.test("one recorder that takes over from another is no mixture, nor are accidents", () => {
  const all = names("6871_*.wav", 100);
  const next = Date.UTC(2021, 0, 1) + 97 * 600_000;
  assert.equal(mixed(recordings([...all, ...names("6872_*.wav", 100, next)])), undefined);
  // Files that are a second too long, and one that is there twice.
  assert.equal(mixed(recordings(all, 601)), undefined);
  const twice = recordings([...all, "6871_20210101_001000-copy.wav"]);
  assert.equal(mixed(twice), undefined);
});

Deno.test("numbers that count files tell no recorders apart", () => {
  const counted = names("*.wav", 50).map((name, i) => `REC${String(i).padStart(4, "0")}_${name}`);
  assert.equal(mixed(recordings(counted, 605)), undefined);
  const others = names("*.wav", 50).map((name, i) => `B${String(i).padStart(4, "0")}_${name}`);
  assert.match(mixed(recordings([...counted, ...others]))!, /B\*_\*.wav .* and REC\*_\*.wav/);
});

Deno.test("on the day of a change the whole list tells one that takes over from two side by side", () => {
  const dayMs = Date.UTC(2021, 5, 2);
  const before = names("6871_*.wav", 24 * 6, Date.UTC(2021, 5, 1), 600);
  const overlapping = names("6871_*.wav", 12, dayMs);
  const after = names("6872_*.wav", 24 * 6, dayMs);
  const list = (all: readonly string[]) =>
    namedList("/data", all.map((name) => ({ place: `/data/${name}`, ...recordingStart(name) })));
  const day = recordings([...overlapping, ...after.slice(0, 12)]);
  const { overlaps } = timeline(day);
  const { recorders } = list([...before, ...overlapping, ...after]);
  assert.equal(mixedRecorders(day, overlaps, recorders), undefined);
  const parallel = list([
    ...before,
    ...overlapping,
    ...names("6872_*.wav", 24 * 6, Date.UTC(2021, 5, 1)),
  ]);
  assert.match(mixedRecorders(day, overlaps, parallel.recorders)!, /overlap: 6871/);
});
