import assert from "node:assert/strict";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import { openFileSource } from "../../../../pipeline/places/file_source.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { fixtureBytes } from "./fixtures.ts";
import { encode, hasFlac } from "./flac_command.ts";
import { cut, joinVariable } from "./renumber.ts";
import { samplesOf, signal } from "./signal.ts";

const ignore = !hasFlac;
// deno-lint-ignore no-console
if (ignore) console.log("The tests beside the command flac are skipped as it is not installed.");

const shapes = [
  { channels: 1, bits: 8, sampleRateHz: 10000, args: ["-8", "-b", "4608"] },
  { channels: 1, bits: 16, sampleRateHz: 32000, args: ["-0"] },
  { channels: 2, bits: 16, sampleRateHz: 44100, args: ["-8", "-S", "1s"] },
  { channels: 3, bits: 24, sampleRateHz: 192000, args: ["-5", "--no-seektable"] },
  { channels: 8, bits: 24, sampleRateHz: 96000, args: ["-5", "-b", "16384"] },
  { channels: 2, bits: 24, sampleRateHz: 655350, args: ["-b", "16"] },
  { channels: 8, bits: 24, sampleRateHz: 300001, args: ["-5", "-b", "8192"] },
  { channels: 8, bits: 16, sampleRateHz: 48000, args: ["-5", "-b", "60000"] },
  { channels: 1, bits: 24, sampleRateHz: 250001, args: ["-b", "65535"] },
];
for (const { args, ...rest } of shapes) {
  const { channels, bits, sampleRateHz } = rest;
  const what = `${channels} channels of ${bits} bits at ${sampleRateHz} Hz`;
  Deno.test({
    name: `${what} are read as the command flac wrote them by ${args.join(" ")}`,
    ignore,
    fn: () =>
      withFolder(async (folder) => {
        const shape = { ...rest, frames: 200_000 };
        await encode(`${folder}/a.flac`, shape, args);
        const recording = await openFlac(await openFileSource(`${folder}/a.flac`));
        const values = signal(shape);
        assert.deepEqual(recording.warnings, []);
        assert.equal(recording.frames, shape.frames);
        for (const [c, channel] of values.entries()) {
          const expected = samplesOf(channel, bits);
          for (const start of [150_000, 0, 70_001]) {
            const samples = await recording.read(start, 50_000, c);
            assert.deepEqual(samples, expected.slice(start, start + 50_000));
          }
        }
        recording.close();
      }),
  });
}

Deno.test({
  name: "all integers of 24 bits come back exactly",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const count = 2 ** 24;
      const ramp = new Uint8Array(count * 3);
      for (let i = 0; i < count; i++) {
        ramp.set([i & 255, i >> 8 & 255, (i >> 16 & 255) ^ 128], 3 * i);
      }
      await Deno.writeFile(`${folder}/a.raw`, ramp);
      const kind = ["--force-raw-format", "--sign=signed", "--endian=little", "--channels=1"];
      const args = [...kind, "--bps=24", "--sample-rate=48000", "-s", `${folder}/a.raw`];
      assert((await new Deno.Command("flac", { args }).output()).success);
      const recording = await openFlac(await openFileSource(`${folder}/a.flac`));
      const samples = await recording.read(0, count, 0);
      for (let i = 0; i < count; i++) {
        if (samples[i] !== (i - 2 ** 23) / 2 ** 23) assert.equal(samples[i], i - 2 ** 23);
      }
      recording.close();
    }),
});

Deno.test({
  name: "the files of varying blocks that the tests make are FLAC to the command flac",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const { head, blocks } = await cut(await fixtureBytes("mono-16"));
      const bytes = joinVariable(head, [...blocks, blocks[6], blocks[2], ...blocks]);
      await Deno.writeFile(`${folder}/a.flac`, bytes);
      const { success } = await new Deno.Command("flac", {
        args: ["-t", "-s", `${folder}/a.flac`],
      }).output();
      assert(success);
      assert.equal((await openFlac(new MemorySource(bytes))).frames, 4000 * 2 + 544 + 576);
    }),
});
