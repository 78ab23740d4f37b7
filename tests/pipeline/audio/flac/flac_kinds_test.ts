// The kinds of file that the IETF's FLAC working group tests decoders with (its repository
// `flac-test-files`: the folders `subset`, `uncommon` and `faulty`), made here by the command `flac`.
import assert from "node:assert/strict";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { encode, encodeSamples, hasFlac } from "./flac_command.ts";
import { concat, countedOld, cut, joinVariable } from "./renumber.ts";
import { interleave, samplesOf, type Shape, signal } from "./signal.ts";

const ignore = !hasFlac;
const uri = "file:///data/a.flac";

async function made(
  values: readonly Int32Array[],
  shape: Omit<Shape, "frames" | "channels">,
  args: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const path = await Deno.makeTempFile({ suffix: ".flac" });
  try {
    const channels = values.length;
    await encodeSamples(path, interleave(values, shape.bits), { ...shape, channels }, args);
    return await Deno.readFile(path);
  } finally {
    await Deno.remove(path);
  }
}

async function assertReadAs(
  bytes: Uint8Array<ArrayBuffer>,
  values: readonly Int32Array[],
  bits: number,
  warnings: readonly string[] = [],
): Promise<void> {
  const recording = await openFlac(new MemorySource(bytes, uri));
  assert.deepEqual(recording.warnings, warnings);
  assert.equal(recording.frames, values[0].length);
  assert.equal(recording.channels, values.length);
  for (const [channel, of] of values.entries()) {
    assert.deepEqual(await recording.read(0, of.length, channel), samplesOf(of, bits));
  }
  recording.close();
}

const plain = { channels: 1, bits: 16, sampleRateHz: 44100, frames: 30_000 };

const shapes: [string, Partial<Shape>, readonly string[]][] = [
  ...[16, 192, 254, 512, 725, 1000, 1937, 2304, 4608, 16384, 65535].map((frames) =>
    [`blocks of ${frames}`, {}, ["-b", `${frames}`]] as [string, Partial<Shape>, string[]]
  ),
  ...[4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 20, 23, 24, 25, 31, 32].flatMap((bits) =>
    [1, 2].map((channels) =>
      [`${channels} channels of ${bits} bits`, { bits, channels }, ["-8"]] as [
        string,
        Partial<Shape>,
        string[],
      ]
    )
  ),
  ...[35467, 39000, 22050, 134560, 192000, 384000, 768000].map((sampleRateHz) =>
    [`${sampleRateHz} Hz`, { sampleRateHz }, []] as [string, Partial<Shape>, string[]]
  ),
  ...[3, 5, 6, 7].map((channels) =>
    [`${channels} channels`, { channels }, []] as [string, Partial<Shape>, string[]]
  ),
  ["partitions of order 8", {}, ["-r", "8", "-b", "4096"]],
  ["partitions of order 15", { frames: 131_072 }, ["-r", "15", "-b", "32768"]],
  ["coefficients of 15 bits", {}, ["-q", "15", "-l", "12"]],
  ["coefficients of 5 bits", {}, ["-q", "5", "-l", "8"]],
  ["fixed predictors alone", { channels: 2 }, ["-l", "0", "-m"]],
  ["predictors of order 32", { bits: 24, channels: 2 }, ["-l", "32", "-m"]],
  ["stereo by guesses", { channels: 2 }, ["-M"]],
];
for (const [what, shape, args] of shapes) {
  Deno.test({
    name: `${what} are read as the command flac wrote them`,
    ignore,
    fn: async () => {
      const whole = { ...plain, ...shape };
      await assertReadAs(await made(signal(whole), whole, args), signal(whole), whole.bits);
    },
  });
}

const odd: [string, (i: number) => number][] = [
  ["silence", () => 0],
  ["one value", () => -1234],
  ["bits to spare", (i) => (i % 100 - 50) * 64],
  ["noise of full scale, which is not compressed", (i) => Math.imul(i, 2654435761) >> 16],
  ["jumps between both ends of full scale", (i) => i % 2 === 0 ? -32768 : 32767],
  ["jumps of two", (i) => i % 4 < 2 ? -32768 : 32767],
];
for (const [what, value] of odd) {
  Deno.test({
    name: `${what} is read as the command flac wrote it`,
    ignore,
    fn: async () => {
      for (const bits of [16, 24, 32]) {
        const of = Int32Array.from({ length: 20_000 }, (_, i) => value(i) * 2 ** (bits - 16));
        const other = of.map((_, i) => of[of.length - 1 - i]);
        const shape = { bits, sampleRateHz: 48_000 };
        for (const values of [[of], [of, other]]) {
          await assertReadAs(await made(values, shape, ["-8"]), values, bits);
        }
      }
    },
  });
}

Deno.test({
  name:
    "blocks of varying size are read, those of before 2007 too, which don't say what they count",
  ignore,
  fn: async () => {
    const values = signal({ ...plain, bits: 12 });
    const files = await Promise.all(
      ["576", "1152", "4096"].map(async (size) =>
        await cut(await made(values, { ...plain, bits: 12 }, ["-b", size]))
      ),
    );
    const [small, middle, large] = files.map(({ blocks }) => blocks);
    const blocks = [...small.slice(0, 6), ...middle.slice(3, 8), large[3], ...middle.slice(12, 14)];
    const joined = joinVariable(files[0].head, blocks);
    const whole = [
      ...[[0, 6 * 576], [3 * 1152, 8 * 1152], [3 * 4096, 4 * 4096], [12 * 1152, 14 * 1152]].map(
        ([from, stop]) => values[0].slice(from, stop),
      ),
    ];
    const expected = Int32Array.from(whole.flatMap((part) => [...part]));
    await assertReadAs(joined, [expected], 12);
    await assertReadAs(countedOld(joined), [expected], 12);
  },
});

Deno.test({
  name: "what headers leave out is told by the blocks, and by STREAMINFO what blocks leave out",
  ignore,
  fn: async () => {
    // flac leaves rate and bits of a sample to STREAMINFO where its codes don't know them.
    const shape = { ...plain, bits: 13, sampleRateHz: 700_001 };
    const bytes = await made(signal(shape), shape, []);
    await assertReadAs(bytes, signal(shape), 13);
    // Neither number of frames nor sizes of blocks.
    const bare = bytes.slice();
    bare.fill(0, 12, 18);
    bare[21] &= 0xf0;
    bare.fill(0, 22, 26);
    await assertReadAs(bare, signal(shape), 13, [
      "The header of a.flac declares an unknown number of frames of audio: 30000 are there, which " +
      "are read.",
    ]);
  },
});

Deno.test({
  name: "wrong channels, bits and sizes in STREAMINFO are not believed",
  ignore,
  fn: async () => {
    const bytes = await made(signal(plain), plain, ["-b", "4096"]);
    const wrong = bytes.slice();
    wrong[20] |= 2; // two channels
    await assertReadAs(wrong, signal(plain), 16, [
      "The header of a.flac declares 2 channels of 16 bits: its blocks have 1 of 16, as which they " +
      "are read.",
    ]);
    wrong[20] = bytes[20] | 1; // 32 bits
    await assertReadAs(wrong, signal(plain), 16, [
      "The header of a.flac declares 1 channels of 32 bits: its blocks have 1 of 16, as which they " +
      "are read.",
    ]);
    const sizes = bytes.slice();
    sizes.set([0, 16, 0, 16, 0, 0, 1, 0, 0, 2], 8);
    await assertReadAs(sizes, signal(plain), 16);
  },
});

Deno.test({
  name: "a thousand comments and a picture of 16 MB before the audio cost nothing",
  ignore,
  fn: async () => {
    const { head, blocks } = await cut(await made(signal(plain), plain, []));
    head[4] = 0;
    const comment = [4, 0, 0, 4, 1, 2, 3, 4];
    const picture = new Uint8Array(4 + 2 ** 24 - 1);
    picture.set([0x86, 255, 255, 255]);
    const comments = Uint8Array.from({ length: 8 * 900 }, (_, i) => comment[i % 8]);
    const bytes = concat([head, comments, picture, ...blocks.map((block) => block.bytes)]);
    await assertReadAs(bytes, signal(plain), 16);
  },
});

Deno.test({
  name: "files as encode writes them are what flac itself decodes",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      for (const bits of [12, 20]) {
        const shape = { ...plain, bits };
        await encode(`${folder}/a.flac`, shape, []);
        const args = ["-d", "-s", "-o", `${folder}/${bits}.wav`, `${folder}/a.flac`];
        assert.ok((await new Deno.Command("flac", { args }).output()).success);
        const wav = await Deno.readFile(`${folder}/${bits}.wav`);
        const written = interleave(signal(shape), bits);
        const { length } = written;
        assert.ok(wav.slice(-length).every((byte, i) => byte === written[i]), `${bits} bits`);
      }
    }),
});
