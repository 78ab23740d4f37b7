import assert from "node:assert/strict";
import { fuzz, tryKnown } from "../fuzz/run_target.ts";
import { TARGETS } from "../fuzz/targets/mod.ts";
import { fmt, riff, text, u32 } from "../pipeline/audio/wav_bytes.ts";

const SEED = 1;

for (const [name, target] of Object.entries(TARGETS)) {
  const { few } = target;
  Deno.test(`${few} damaged inputs, and those of old finds, break no promise of the reader of ${name}`, async () => {
    await tryKnown(name, target);
    const { taken, refused } = await fuzz(target, SEED, (count) => count >= few);
    // The damage is neither so light nor so heavy that one of the ends is hardly tried.
    assert.ok(taken > few / 200, `${taken} taken`);
    assert.ok(refused > few / 10 || name === "slurm", `${refused} refused`);
  });
}

for (const [name, step] of [["wav", 1], ["flac", 3]] as const) {
  Deno.test(`every cut of every whole ${name} ends in a fault, or in frames that are there`, async () => {
    const { wholes, read } = TARGETS[name];
    for (const bytes of wholes) {
      for (let length = 0; length <= bytes.length; length += step) {
        await read(bytes.slice(0, length));
      }
    }
  });
}

Deno.test("WAV files of nothing but tiny, huge or endless chunks end in bounded steps", async () => {
  const huge = 0xffffffff;
  const chunk = (size: number, body: number): number[] => [
    ...text("junk"),
    ...u32(size),
    ...new Array(body).fill(0),
  ];
  for (const [size, body] of [[0, 0], [1, 2], [4096, 4096], [huge, 0], [2 ** 31, 0]]) {
    for (const form of ["RIFF", "RF64"]) {
      const parts = Array.from({ length: 1500 }, () => chunk(size, body)).flat();
      const before = riff([fmt(), { name: "data", body: [], size: 0 }], form);
      const bodies = [[...riff([], form), ...parts], [...before, ...parts]];
      for (const bytes of bodies) await TARGETS.wav.read(Uint8Array.from(bytes));
    }
  }
});
