import assert from "node:assert/strict";
import { RecordingMap } from "../../../analysis/exports/mod.ts";
import type { ManifestSegment } from "../../../pipeline/scores/mod.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";

const DAY = Date.UTC(2021, 0, 1);
const RATE_HZ = 48_000;
const iso = (second: number): string => new Date(DAY + second * 1000).toISOString();
const file = (name: string, start: number, seconds: number) => ({
  uri: `file:///audio/${name}`,
  sizeBytes: 1,
  version: "1",
  start: iso(start),
  frames: seconds * RATE_HZ,
  sampleRateHz: RATE_HZ,
  channels: 2,
});
const segment = (file: number, start: number, stop: number, from: number): ManifestSegment => ({
  file,
  start: iso(start),
  stop: iso(stop),
  fileFrame: Math.round(from * RATE_HZ),
});

/** Recordings a (0:00 to 1:30) and b (from 1:30 on, its clock set anew by 2 s) over three hours. */
function mapped(): RecordingMap {
  const map = new RecordingMap();
  const [a, b] = [file("a.wav", 0, 5400), file("b.wav", 5402, 5400)];
  const segments: [ReturnType<typeof file>[], ManifestSegment[]][] = [
    [[a], [segment(0, 0, 3604.3, 0)]],
    // Each hour hears a little of its neighbours.
    [[a, b], [segment(0, 3599.6, 5400, 3599.6), segment(1, 5402, 7204.3, 0)]],
    [[b], [segment(0, 7199.6, 10_802, 1797.6)]],
  ];
  segments.forEach(([files, segments], hour) =>
    map.add(plantedManifest(DAY + hour * 3_600_000, "", { files, segments, channel: 1 }))
  );
  return map;
}

const locate = (from: number, to: number) =>
  mapped().locate(DAY + from * 1000, DAY + to * 1000)?.map((piece) => [
    piece.recording.uri.slice(-5),
    Number(piece.fromSeconds.toFixed(3)),
    Number(piece.toSeconds.toFixed(3)),
  ]);

Deno.test("a span over the border of hours lies in its recording once, though both hours name it", () => {
  assert.deepEqual(locate(3590, 3610), [["a.wav", 3590, 3610]]);
  assert.deepEqual(locate(7190, 7210), [["b.wav", 1788, 1808]]);
});

Deno.test("a span that no recording covers whole is not placed", () => {
  assert.equal(locate(5395, 5410), undefined, "two seconds of it are in none");
  assert.equal(locate(-10, 5), undefined);
  assert.equal(locate(10_800, 10_900), undefined);
  assert.deepEqual(locate(5402, 5410), [["b.wav", 0, 8]]);
});

Deno.test("the list of recordings has each once, in the order of time, with all before it", () => {
  const list = mapped().recordings;
  assert.deepEqual(
    list.map(({ uri, listSeconds, seconds, channel }) => [
      uri.slice(-5),
      listSeconds,
      seconds,
      channel,
    ]),
    [["a.wav", 0, 5400, 1], ["b.wav", 5400, 5400, 1]],
  );
});

Deno.test("a recording that grew between two hours is refused: no list of lengths fits both", () => {
  const map = new RecordingMap();
  const segments = [segment(0, 0, 3600, 0)];
  map.add(plantedManifest(DAY, "", { files: [file("a.wav", 0, 3610)], segments }));
  const longer = { files: [file("a.wav", 0, 5400)], segments: [segment(0, 3600, 5400, 3600)] };
  assert.throws(() => map.add(plantedManifest(DAY + 3_600_000, "", longer)), {
    name: "MegapteraError",
    message: /audio\/a\.wav as it was 3610 s long .*, and 5400 s for 2021-01-01T01:00:00Z: score/,
  });
});
