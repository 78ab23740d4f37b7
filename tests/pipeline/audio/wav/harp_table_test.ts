import assert from "node:assert/strict";
import { MegapteraError } from "../../../../core/errors.ts";
import type { Recording } from "../../../../pipeline/audio/recording.ts";
import { openWav } from "../../../../pipeline/audio/wav/open_wav.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { harp, harpBytes, type RawFile } from "../harp_bytes.ts";
import { fmt, riff } from "../wav_bytes.ts";

const T0 = Date.UTC(2017, 6, 6, 23, 12, 30, 250);
/** Where the audio begins behind a table of so many raw files: RIFF, fmt, harp, data's head. */
const dataAt = (rawFiles: number): number => 12 + 24 + harpBytes(rawFiles) + 8;

/** Raw files of 100 frames each that follow each other in the file. */
function raw(
  startsMs: readonly number[],
  change: (file: RawFile) => RawFile = (f) => f,
): RawFile[] {
  return startsMs.map((startMs, i) =>
    change({ startMs, offset: dataAt(startsMs.length) + i * 200, bytes: 200 })
  );
}

function open(files: readonly RawFile[], frames: number, count?: number): Promise<Recording> {
  const data = { name: "data", body: new Uint8Array(frames * 2).map((_, i) => i) };
  return openWav(new MemorySource(riff([fmt(), harp(files, count), data]), "site.x.wav"));
}

Deno.test("an x.wav tells when each of its raw files was recorded, whatever lies between them", async () => {
  const recording = await open(raw([T0, T0 + 900_000, T0 + 1_800_000]), 300);
  assert.deepEqual(recording.warnings, []);
  assert.deepEqual(recording.stretches, [
    { startFrame: 0, frames: 100, startMs: T0, resolutionMs: 1 },
    { startFrame: 100, frames: 100, startMs: T0 + 900_000, resolutionMs: 1 },
    { startFrame: 200, frames: 100, startMs: T0 + 1_800_000, resolutionMs: 1 },
  ]);
});

Deno.test("an x.wav that was cut gives the raw files that are there, and says so", async () => {
  const recording = await open(raw([T0, T0 + 900_000, T0 + 1_800_000]), 150);
  assert.deepEqual(recording.stretches?.map(({ frames }) => frames), [100, 50]);
  assert.match(recording.warnings.join(), /ends before its table: 2 raw files are cut or missing/);
});

Deno.test("audio behind the last raw file is not used, and that is said", async () => {
  const recording = await open(raw([T0, T0 + 900_000]), 230);
  assert.deepEqual(recording.stretches?.map(({ frames }) => frames), [100, 100]);
  assert.match(recording.warnings.join(), /The table of site\.x\.wav leaves out 30 frames/);
});

Deno.test("a table without lines leaves the time to the name", async () => {
  const recording = await open([], 100);
  assert.equal(recording.stretches, undefined);
});

const impossible: [string, RawFile[], number | undefined, RegExp][] = [
  ["names more raw files than it holds", raw([T0]), 3, /has room for 1 raw files: it names 3/],
  ["has another rate", raw([T0], (f) => ({ ...f, sampleRateHz: 200_000 })), undefined, /200000 Hz/],
  [
    "points before the audio",
    raw([T0], (f) => ({ ...f, offset: 12 })),
    undefined,
    /no whole number of frames: 200 bytes from byte 12/,
  ],
  [
    "cuts a frame",
    raw([T0], (f) => ({ ...f, bytes: 199 })),
    undefined,
    /no whole number of frames/,
  ],
  ["has an empty raw file", raw([T0], (f) => ({ ...f, bytes: 0 })), undefined, /no whole number/],
  [
    "lets two overlap",
    raw([T0, T0 + 1000], (f) => ({ ...f, offset: dataAt(2) })),
    undefined,
    /raw file 2 of its "harp" table overlaps/,
  ],
];
for (const [what, files, count, message] of impossible) {
  Deno.test(`an x.wav whose table ${what} is refused, not read at wrong times`, async () => {
    await assert.rejects(open(files, 300, count), (error) => {
      assert(error instanceof MegapteraError && error.kind === "data");
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("an x.wav whose table starts at no time is refused", async () => {
  const chunk = harp(raw([T0]));
  const body = [...chunk.body];
  body[56 + 1] = 13;
  const bytes = riff([fmt(), { ...chunk, body }, { name: "data", body: new Uint8Array(200) }]);
  await assert.rejects(openWav(new MemorySource(bytes)), /starts at no time: 2017-13-6/);
});
