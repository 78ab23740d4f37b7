// What a user sees of each kind of odd audio: the exit code and the sentence, of every command that
// meets it.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { encodeSamples, hasFlac } from "../pipeline/audio/flac/flac_command.ts";
import { interleave } from "../pipeline/audio/flac/signal.ts";
import { extensible, fmt, type Format, riff } from "../pipeline/audio/wav_bytes.ts";

const RATE_HZ = 16_000;
const SECONDS = 20;
/** Between −0.1 and 0.1, of 16 bits. */
const SAMPLES = noise(SECONDS * RATE_HZ).map((value) => Math.round(value * 20 * 32768) / 32768);
const NAME = "A_20210101_010000";

const integers = (bits: number): Int32Array<ArrayBuffer> =>
  Int32Array.from(SAMPLES, (value) => Math.round(value * 2 ** (bits - 1)));
const bodyOf = (values: { buffer: ArrayBuffer }): Uint8Array<ArrayBuffer> =>
  new Uint8Array(values.buffer);

async function write(path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeFile(path, bytes);
}

function wav(body: Uint8Array, format: Format = {}): Uint8Array<ArrayBuffer> {
  return riff([fmt({ sampleRateHz: RATE_HZ, ...format }), { name: "data", body }]);
}

const plain = wav(bodyOf(Int16Array.from(SAMPLES, (value) => value * 32768)));

async function flac(
  bits: number,
  damage: (bytes: Uint8Array) => Uint8Array = (same) => same,
): Promise<Uint8Array> {
  const path = await Deno.makeTempFile({ suffix: ".flac" });
  const shape = { channels: 1, bits, sampleRateHz: RATE_HZ };
  await encodeSamples(path, interleave([integers(bits)], bits), shape, ["-b", "4096"]);
  const bytes = await Deno.readFile(path);
  await Deno.remove(path);
  return damage(bytes);
}

/** What commands say of files in a folder. */
async function commandsOn(
  folder: string,
  place = "audio",
): Promise<
  { score: Ended; inspect: Ended; dryRun: () => Promise<Ended>; verify: () => Promise<Ended> }
> {
  const [audio, out] = [join(folder, place), join(folder, "out")];
  const scoring = ["score", audio, "--model", "demo", "--out", out];
  return {
    score: await megaptera(scoring, folder),
    inspect: await megaptera(["inspect", audio], folder),
    dryRun: () => megaptera([...scoring, "--dry-run"], folder),
    verify: () => megaptera(["verify", out], folder),
  };
}

/** The hour's scores as text. */
async function csvOf(folder: string): Promise<string> {
  return await Deno.readTextFile(join(folder, "out/2021/01/20210101_01.csv"));
}

async function scoresOfPlain(): Promise<string> {
  let csv = "";
  await withFolder(async (folder) => {
    await write(join(folder, "audio", `${NAME}.wav`), plain);
    const { score } = await commandsOn(folder);
    assert.equal(score.code, 0, score.err);
    csv = await csvOf(folder);
  });
  return csv;
}
const expected = await scoresOfPlain();

// Of a recorder that uses all of its bits.
const low24 = bodyOf(
  Int32Array.from(noise(SAMPLES.length), (value) => Math.round(value * 20 * 2 ** 23)),
);
const same: [string, () => Uint8Array | Promise<Uint8Array>, RegExp | undefined][] = [
  [
    "24 bits that stand low in 32",
    () => wav(low24, { tag: 0xfffe, bits: 32, extra: extensible(1, 24) }),
    /24 bits in 32, so that .* 48 dB/,
  ],
  ["a wrong byte rate", () => {
    const bytes = plain.slice();
    new DataView(bytes.buffer).setUint32(28, 64_000, true);
    return bytes;
  }, /contradicts itself: .* yet a byte rate of 64000/],
  [
    "a second WAV file behind the first",
    () => Uint8Array.from([...plain, ...plain]),
    /ends before the file does: .* hold another file, which is not read: cut it in two/,
  ],
  ...(hasFlac
    ? [
      [
        "zeros behind the audio of FLAC",
        () => flac(16, (bytes) => Uint8Array.from([...bytes, ...new Uint8Array(5000)])),
        /5000 bytes behind it are no FLAC block, and are not read/,
      ],
      [
        "a second FLAC file behind the first",
        () => flac(16, (bytes) => Uint8Array.from([...bytes, ...bytes])),
        /are another FLAC file, and are not/,
      ],
    ] as [string, () => Promise<Uint8Array>, RegExp][]
    : []),
];
for (const [what, make, sentence] of same) {
  Deno.test(`${what}: scored as it is meant, and said`, () =>
    withFolder(async (folder) => {
      const ending = what.includes("FLAC") ? "flac" : "wav";
      await write(join(folder, "audio", `${NAME}.${ending}`), await make());
      const { score, inspect } = await commandsOn(folder);
      assert.equal(score.code, 0, score.err);
      if (!/24/.test(what)) assert.equal(await csvOf(folder), expected);
      for (const said of [score.err, inspect.out]) assert.match(said, sentence!);
      assert.equal(inspect.code, 0);
    }));
}

Deno.test({
  name: "FLAC of 12 and 20 bits is scored like WAV of as many",
  ignore: !hasFlac,
  fn: () =>
    withFolder(async (folder) => {
      for (const bits of [12, 20]) {
        const body = interleave([integers(bits)], bits);
        const container = Math.ceil(bits / 8) * 8;
        const format = { tag: 0xfffe, bits: container, extra: extensible(1, bits) };
        const texts: string[] = [];
        for (const [name, bytes] of [["f.flac", await flac(bits)], ["w.wav", wav(body, format)]]) {
          const home = join(folder, `${bits}${name}`);
          await write(
            join(home, "audio", `${NAME}.${(name as string).slice(2)}`),
            bytes as Uint8Array,
          );
          const { score } = await commandsOn(home);
          assert.equal(score.code, 0, score.err);
          texts.push(await csvOf(home));
        }
        assert.equal(texts[0], texts[1]);
        assert.match(texts[0], /T01:00:15Z,0\.\d{6}\n/);
      }
    }),
});

const lossy: [string, string, () => Uint8Array | Promise<Uint8Array>, RegExp, RegExp][] = [
  [
    "samples that are not finite",
    "wav",
    () => {
      const samples = SAMPLES.slice();
      samples.fill(NaN, 10 * RATE_HZ, 11 * RATE_HZ);
      return wav(bodyOf(samples), { tag: 3, bits: 32 });
    },
    /Cannot use some samples of A_20210101_010000\.wav as they are no finite numbers/,
    /0:01, samples that are not finite A_/,
  ],
  ...(hasFlac
    ? [[
      "a bad block",
      "flac",
      () =>
        flac(16, (bytes) => {
          bytes[bytes.length >> 1] ^= 1;
          return bytes;
        }),
      /Cannot read A_20210101_010000\.flac from its second \S+ to \S+ as a FLAC block is damaged/,
      /0:0\d, unreadable recording A_/,
    ]] as typeof lossy
    : []),
];
for (const [what, ending, make, sentence, lost] of lossy) {
  Deno.test(`${what}: costs its own span, and is named`, () =>
    withFolder(async (folder) => {
      await write(join(folder, "audio", `${NAME}.${ending}`), await make());
      const { score, inspect, ...others } = await commandsOn(folder);
      const verify = await others.verify();
      assert.deepEqual([score.code, inspect.code, verify.code], [3, 65, 3], score.err);
      for (const said of [score.err, inspect.out]) assert.match(said, sentence);
      assert.match(inspect.out, /1 recording not in full/);
      assert.match(verify.out, lost);
      const scores = (await csvOf(folder)).split("\n").slice(1, SECONDS - 3);
      assert.deepEqual(scores.slice(2, 6), expected.split("\n").slice(3, 7));
      assert.match(scores[9], /,$/);
      assert.match(scores[14], /,0\.\d+$/);
    }));
}

const levels: [string, () => Uint8Array, RegExp][] = [
  [
    "floats in counts behind silence",
    () => {
      const counts = SAMPLES.map((value, i) => i < RATE_HZ ? 0 : value * 32768);
      return wav(bodyOf(counts), { tag: 3, bits: 32 });
    },
    /reach \d+(\.\d+)?e?\S*, and full scale is 1: .* counts of 16 bits, score it with --gain 0\.00003/,
  ],
  [
    "24 bits that stand low in 32 unsaid",
    () => wav(low24, { bits: 32 }),
    /score it with --gain 256/,
  ],
  ["a dead channel beside a live one", () => {
    const both = Int16Array.from(
      { length: 2 * SAMPLES.length },
      (_, i) => i % 2 === 0 ? 0 : SAMPLES[i >> 1] * 32768,
    );
    return wav(bodyOf(both), { channels: 2 });
  }, /Channel 0 of A_\S+ is almost silent, and channel 1 is not: .* --channel 1/],
];
for (const [what, make, sentence] of levels) {
  Deno.test(`${what}: is warned of by score, inspect and the manifest`, () =>
    withFolder(async (folder) => {
      await write(join(folder, "audio", `${NAME}.wav`), make());
      const { score, inspect } = await commandsOn(folder);
      assert.deepEqual([score.code, inspect.code], [0, 0], score.err);
      for (const said of [score.err, inspect.out]) assert.match(said, sentence);
      const manifest = await Deno.readTextFile(join(folder, "out/2021/01/20210101_01.json"));
      assert.match(JSON.parse(manifest).notes.join("\n"), sentence);
    }));
}

Deno.test("what can't be read or placed costs itself, and is named by every command", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await write(join(audio, `${NAME}.wav`), plain);
    await write(join(audio, "A_20210101_010100.wav"), plain);
    await write(join(audio, "A_20210101_010030.wav"), wav(plain, { tag: 7, bits: 8 }));
    await write(join(audio, "track.wav"), plain);
    for (const name of ["a.aif", "b.w64", "c.mp3", "d.mseed", "e.sud"]) {
      await write(join(audio, name), new Uint8Array(9));
    }
    const { score, inspect, ...others } = await commandsOn(folder);
    const [dryRun, verify] = [await others.dryRun(), await others.verify()];
    assert.deepEqual(
      [score.code, dryRun.code, inspect.code, verify.code],
      [3, 0, 65, 3],
      score.err,
    );
    const all = [score.err, dryRun.err + dryRun.out, inspect.out];
    for (const said of all) {
      assert.match(said, /Cannot read A_20210101_010030\.wav as .* 0x0007 \(µ-law\), convert it/);
      assert.match(said, /Cannot tell when track\.wav starts as its name holds no date and time/);
      for (const ending of ["aif", "w64", "mp3", "mseed", "sud"]) {
        assert.match(
          said,
          new RegExp(`Passed over 1 \\.${ending} file \\(.*\\), such as .*: .*\\.`),
        );
      }
    }
    assert.match(score.out, /1 file could not be placed in time/);
    assert.match(verify.out, /unreadable recording A_20210101_010030\.wav/);
    assert.equal((await csvOf(folder)).split("\n")[5], expected.split("\n")[5]);
  }));

Deno.test("two recorders in one folder are refused, and one of them is scored by a pattern", () =>
  withFolder(async (folder) => {
    for (let i = 0; i < 3; i++) {
      for (const serial of ["6871", "6872"]) {
        await write(join(folder, "audio", `${serial}.2101010100${i * 20 || "00"}.wav`), plain);
      }
    }
    const { score, inspect } = await commandsOn(folder);
    assert.deepEqual([score.code, inspect.code], [65, 65]);
    const sentence = /overlap: 6871\.\*\.wav \(3 files\) and 6872\.\*\.wav \(3 files\), 3 times/;
    for (const said of [score.err, inspect.out]) assert.match(said, sentence);
    const one = await commandsOn(folder, "audio/6872.*.wav");
    assert.deepEqual([one.score.code, one.inspect.code], [0, 0], one.score.err);
    const range = ["--source", join(folder, "audio"), "--date", "2021-01-01", "--hours", "1"];
    const args = ["score", ...range, "--model", "demo", "--out", join(folder, "range")];
    const ended = await megaptera(args, folder);
    assert.equal(ended.code, 65, ended.err);
    assert.match(ended.err, sentence);
  }));
