import assert from "node:assert/strict";
import { MegapteraError } from "../../pipeline/errors.ts";
import { openWav } from "../../pipeline/recording/wav/open_wav.ts";
import { damageBytes } from "../helpers/damage_bytes.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { harp, harpBytes } from "../pipeline/recording/harp_bytes.ts";
import { MemorySource } from "../pipeline/recording/memory_source.ts";
import {
  type Chunk,
  extensible,
  fmt,
  riff,
  text,
  u16,
  u32,
  u64,
} from "../pipeline/recording/wav_bytes.ts";

const RUNS = 100_000;
/** One look a chunk, of 4 KiB at most, for the walk to the audio and for the one after it. */
const MOST_HEADER_READS = 2 * 1000 + 3;
const LOOK_BYTES = 4096;

const data = (bytes: number): Chunk => ({
  name: "data",
  body: Array.from({ length: bytes }, (_, i) => i * 37 & 255),
});
const low: Chunk = { name: "data", body: Array.from({ length: 64 }, (_, i) => i % 4 < 3 ? 37 : 0) };
const list: Chunk = { name: "LIST", body: text("INFOICMT\x05\0\0\0AudioM") };
const ds64 = (bytes: number, table: readonly number[] = []): Chunk => ({
  name: "ds64",
  body: [...u64(bytes + 72), ...u64(bytes), ...u64(bytes / 2), ...u32(table.length / 12), ...table],
});
const long = (name: string, bytes: number): number[] => [...text(name), ...u64(bytes)];
const huge = 0xffffffff;

/** Whole files: plain, extensible, RF64 and BW64, with chunks around the audio. */
const WHOLE = [
  riff([fmt(), data(64)]),
  riff([list, fmt({ extra: u16(0) }), list, data(63), list]),
  riff([fmt({ channels: 2, bits: 24 }), data(60), list]),
  riff([fmt({ tag: 3, bits: 32 }), { name: "data", body: new Uint8Array(64) }]),
  riff([fmt({ tag: 0xfffe, bits: 32, extra: extensible(1, 24) }), data(64)]),
  riff([
    fmt({ tag: 0xfffe, bits: 64, extra: extensible(3, 64) }),
    { name: "data", body: new Uint8Array(64) },
  ]),
  riff([ds64(64), fmt(), { ...data(64), size: huge }], "RF64"),
  riff([
    ds64(64, [...long("LIST", 18), ...long("junk", 2 ** 40)]),
    { ...list, size: huge },
    fmt({ bits: 8 }),
    { ...data(64), size: huge },
  ], "BW64"),
  riff([fmt(), { ...data(64), size: 0 }, list]),
  riff([
    fmt(),
    harp([0, 1].map((i) => ({ startMs: 1e12, offset: 44 + harpBytes(2) + 24 * i, bytes: 24 }))),
    data(48),
  ]),
  riff([fmt(), { ...data(64), size: huge }]),
  // Bits that stand low, sizes and rates that are slips, a file behind a file, samples that are none.
  riff([fmt({ bits: 24, blockAlign: 4 }), low]),
  riff([fmt({ tag: 0xfffe, bits: 32, extra: extensible(1, 24) }), low]),
  riff([fmt({ bits: 12, blockAlign: 2 }), { name: "data", body: new Uint8Array(64) }]),
  riff([fmt({ byteRate: 0 }), data(64)]),
  riff([fmt({ channels: 2, blockAlign: 2, byteRate: 64_000 }), data(64)]),
  Uint8Array.from([...riff([fmt(), data(64)]), ...riff([fmt(), data(32)])]),
];
const NOT_FINITE = riff([
  fmt({ tag: 3, bits: 32 }),
  { name: "data", body: new Uint8Array(Float32Array.of(1, NaN, -Infinity, 0.5).buffer) },
]);

/** Bytes with zeros after them, however many; no read may reach past their end. */
class LongSource extends MemorySource {
  override readonly sizeBytes: number;

  constructor(bytes: Uint8Array<ArrayBuffer>, sizeBytes: number) {
    super(bytes);
    this.sizeBytes = sizeBytes;
  }

  override async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    assert.ok(offset >= 0 && offset <= this.sizeBytes && length <= 2 ** 24, `${offset} ${length}`);
    const bytes = new Uint8Array(Math.min(length, this.sizeBytes - offset));
    const held = await super.read(offset, bytes.length);
    this.bytesRead += bytes.length - held.length;
    bytes.set(held);
    return bytes;
  }
}

/** Opens bytes, reads the ends of each channel, and says what came of it. */
async function tryOpening(
  bytes: Uint8Array<ArrayBuffer>,
  source: MemorySource = new MemorySource(bytes),
): Promise<"refused" | "read" | "bad audio"> {
  let isOpen = false;
  try {
    const recording = await openWav(source);
    isOpen = true;
    assertBounded(source);
    const { channels, frames, sampleRateHz } = recording;
    assert.ok(Number.isSafeInteger(frames) && frames >= 1, `${frames} frames`);
    assert.ok(sampleRateHz >= 1 && sampleRateHz <= 4_000_000 && channels >= 1);
    assert.ok(frames * channels <= source.sizeBytes, "more samples than bytes");
    for (const warning of recording.warnings) assert.match(warning, /^The [^\n]*\.$/);
    for (const channel of new Set([0, channels - 1])) {
      for (const first of [0, Math.floor(frames / 2), frames - 1]) {
        const samples = await recording.read(first, 1, channel);
        assert.ok(samples.length === 1 && Number.isFinite(samples[0]));
      }
    }
    const most = Math.min(frames, 4096);
    const last = await recording.read(frames - most, most, 0, () => {});
    assert.ok(last.length === most && last.every(Number.isFinite));
    await assert.rejects(recording.read(frames, 1, 0), RangeError);
    recording.close();
    return "read";
  } catch (error) {
    assert.ok(error instanceof MegapteraError, `${error instanceof Error ? error.stack : error}`);
    assert.equal(error.kind, "data");
    assert.match(error.message, /^Cannot read 20210101_093000\.wav as [^\n]+\.$/);
    assert.ok(isOpen || source.isClosed, "a refused source is closed");
    if (!isOpen) assertBounded(source);
    return isOpen ? "bad audio" : "refused";
  }
}

function assertBounded({ reads, bytesRead }: MemorySource): void {
  assert.ok(reads <= MOST_HEADER_READS, `${reads} reads`);
  assert.ok(bytesRead <= reads * LOOK_BYTES, `${bytesRead} bytes in ${reads} reads`);
}

Deno.test("whole files of all kinds are read before they are damaged", async () => {
  for (const bytes of WHOLE) assert.equal(await tryOpening(bytes), "read");
  assert.equal(await tryOpening(NOT_FINITE), "bad audio");
});

Deno.test(`${RUNS} damaged WAV files end in a fault or in frames that are there`, async () => {
  const counts = { refused: 0, read: 0, "bad audio": 0 };
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = new SeededRandom(seed);
    const bytes = damageBytes(random.pick([...WHOLE, NOT_FINITE]), random);
    try {
      counts[await tryOpening(bytes)]++;
    } catch (error) {
      throw new Error(`Seed ${seed}: ${bytes.toHex()}`, { cause: error });
    }
  }
  // the damage is neither so light nor so heavy that one of the ends is hardly tried
  assert.ok(Math.min(counts.refused, counts.read) > RUNS / 10, JSON.stringify(counts));
});

Deno.test("damaged headers of files of up to 2^52 bytes end in bounded steps too", async () => {
  const counts = { refused: 0, read: 0, "bad audio": 0 };
  for (let seed = 1; seed <= RUNS / 5; seed++) {
    const random = new SeededRandom(seed);
    const bytes = damageBytes(random.pick([...WHOLE, NOT_FINITE]), random);
    const extra = random.pick([1, 2 ** 16, 2 ** 31, 2 ** 32 - 50, 2 ** 32 + 5, 2 ** 52]);
    const source = new LongSource(bytes, bytes.length + extra);
    try {
      counts[await tryOpening(bytes, source)]++;
    } catch (error) {
      throw new Error(`Seed ${seed}: ${extra} zeros after ${bytes.toHex()}`, { cause: error });
    }
  }
  assert.ok(Math.min(counts.refused, counts.read) > RUNS / 50, JSON.stringify(counts));
});

Deno.test("every cut of every whole file ends in a fault or in frames that are there", async () => {
  for (const bytes of WHOLE) {
    for (let length = 0; length <= bytes.length; length++) await tryOpening(bytes.slice(0, length));
  }
});

Deno.test("files of nothing but tiny, huge or endless chunks end in bounded steps", async () => {
  const chunk = (size: number, body: number): number[] => [
    ...text("junk"),
    ...u32(size),
    ...new Array(body).fill(0),
  ];
  for (const [size, body] of [[0, 0], [1, 2], [4096, 4096], [huge, 0], [2 ** 31, 0]]) {
    for (const form of ["RIFF", "RF64"]) {
      const parts = Array.from({ length: 1500 }, () => chunk(size, body)).flat();
      const before = riff([fmt(), { ...data(0), size: 0 }], form);
      const bodies = [[...riff([], form), ...parts], [...before, ...parts]];
      for (const bytes of bodies) await tryOpening(Uint8Array.from(bytes));
    }
  }
});
