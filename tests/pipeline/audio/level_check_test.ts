import assert from "node:assert/strict";
import { openRecording, survey } from "../../../pipeline/audio/mod.ts";
import { noise } from "../../helpers/memory_catalogue.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { type Chunk, fmt, type Format, riff } from "./wav_bytes.ts";

const FRAMES = 160_000;
/** Noise between −1 and 1. */
const NOISE = noise(FRAMES).map((value) => value * 200);

/** What a survey of a file warns of. */
async function warningsOf(format: Format, body: ArrayBuffer, channel = 0): Promise<string[]> {
  let warnings: readonly string[] = [];
  await withFolder(async (folder) => {
    const data: Chunk = { name: "data", body: new Uint8Array(body) };
    await Deno.writeFile(`${folder}/a.wav`, riff([fmt(format), data]));
    const recording = await openRecording(`${folder}/a.wav`);
    ({ warnings } = await survey(recording, { channel, deadSeconds: 0.1 }));
    recording.close();
  });
  return [...warnings];
}

const FLOAT = { tag: 3, bits: 32 };
const INTEGER = { bits: 32 };

Deno.test("floats in counts are warned of, however long silence lasts before", async () => {
  const counts = Float32Array.from(NOISE, (value, i) => i < FRAMES / 2 ? 0 : value * 900);
  const [warning, ...others] = await warningsOf(FLOAT, counts.buffer);
  assert.match(
    warning,
    /^The float samples of a\.wav reach \d+, and full scale is 1: .* --gain 0\.00003/,
  );
  assert.deepEqual(others, []);
  // A little over full scale is nothing to warn of.
  assert.deepEqual(await warningsOf(FLOAT, Float32Array.from(NOISE, (v) => 3 * v).buffer), []);
});

Deno.test("24 bits that stand low in 32 are warned of, and quiet ones that stand high are not", async () => {
  const low = Int32Array.from(NOISE, (value) => value * 2 ** 23);
  const [warning, ...others] = await warningsOf(INTEGER, low.buffer);
  assert.equal(
    warning,
    "The samples of a.wav have 32 bits and never pass -48 dB of full scale: if they are 24 bits in " +
      "the low bits, score it with --gain 256.",
  );
  assert.deepEqual(others, []);
  const high = Int32Array.from(NOISE, (value) => Math.round(value * 2 ** 12) * 2 ** 8);
  assert.deepEqual(await warningsOf(INTEGER, high.buffer), []);
  const loud = Int32Array.from(NOISE, (value) => value * 2 ** 24);
  assert.deepEqual(await warningsOf(INTEGER, loud.buffer), []);
});

Deno.test("a channel that is next to silent beside one that is not is warned of", async () => {
  const silent: [string, (i: number) => number][] = [
    ["dead", () => 0],
    ["an open input", (i) => i % 3 - 1],
  ];
  for (const [, value] of silent) {
    const both = Int16Array.from(
      { length: 2 * FRAMES },
      (_, i) => i % 2 === 0 ? value(i) : NOISE[i >> 1] * 3000,
    );
    const format = { channels: 2 };
    assert.deepEqual(await warningsOf(format, both.buffer), [
      "Channel 0 of a.wav is almost silent, and channel 1 is not: if that is the hydrophone's, " +
      "score it with --channel 1.",
    ]);
    assert.deepEqual(await warningsOf(format, both.buffer, 1), []);
  }
  // Both of them quiet, or 20 dB apart.
  for (const other of [1, 10]) {
    const both = Int16Array.from(
      { length: 2 * FRAMES },
      (_, i) => NOISE[i >> 1] * (i % 2 === 0 ? 20 : 20 * other),
    );
    assert.deepEqual(await warningsOf({ channels: 2 }, both.buffer), []);
  }
});
