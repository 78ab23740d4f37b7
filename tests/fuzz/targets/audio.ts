import assert from "node:assert/strict";
import { MegapteraError } from "../../../core/errors.ts";
import { crc16 } from "../../../pipeline/audio/flac/block_header.ts";
import { readBlock, withSlack } from "../../../pipeline/audio/flac/find_block.ts";
import { openFlac } from "../../../pipeline/audio/flac/open_flac.ts";
import type { LostFrames } from "../../../pipeline/audio/recording.ts";
import { openWav } from "../../../pipeline/audio/wav/open_wav.ts";
import { damageBytes } from "../../helpers/damage_bytes.ts";
import { SeededRandom } from "../../helpers/seeded_random.ts";
import { fixtureBytes, fixtures } from "../../pipeline/audio/flac/fixtures.ts";
import { concat, countedOld, cut, joinVariable } from "../../pipeline/audio/flac/renumber.ts";
import { harp, harpBytes } from "../../pipeline/audio/harp_bytes.ts";
import {
  type Chunk,
  extensible,
  fmt,
  riff,
  text,
  u16,
  u32,
  u64,
} from "../../pipeline/audio/wav_bytes.ts";
import { MemorySource } from "../../pipeline/places/memory_source.ts";
import type { Bytes, FuzzTarget, Outcome } from "../target.ts";

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

/** Opens bytes, and reads the ends of each channel. */
async function tryOpening(
  bytes: Uint8Array<ArrayBuffer>,
  source: MemorySource = new MemorySource(bytes),
): Promise<Outcome> {
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
    return "taken";
  } catch (error) {
    assert.ok(error instanceof MegapteraError, `${error instanceof Error ? error.stack : error}`);
    assert.equal(error.kind, "data");
    assert.match(error.message, /^Cannot read 20210101_093000\.wav as [^\n]+\.$/);
    assert.ok(isOpen || source.isClosed, "a refused source is closed");
    if (!isOpen) assertBounded(source);
    return "refused";
  }
}

function assertBounded({ reads, bytesRead }: MemorySource): void {
  assert.ok(reads <= MOST_HEADER_READS, `${reads} reads`);
  assert.ok(bytesRead <= reads * LOOK_BYTES, `${bytesRead} bytes in ${reads} reads`);
}

/** WAV files of all kinds. */
export const wav: FuzzTarget = {
  wholes: WHOLE,
  damage: (whole, random) => damageBytes(random.below(18) === 0 ? NOT_FINITE : whole, random),
  read: (bytes) => tryOpening(bytes),
};

/** Their headers, with up to 2^52 bytes of zeros behind them. */
export const wavOfAnySize: FuzzTarget = {
  ...wav,
  wholes: WHOLE,
  read: (bytes) => {
    const extra = [1, 2 ** 16, 2 ** 31, 2 ** 32 - 50, 2 ** 32 + 5, 2 ** 52][bytes.length % 6];
    return tryOpening(bytes, new LongSource(bytes, bytes.length + extra));
  },
};

const flacs = await Promise.all(fixtures.map(({ name }) => fixtureBytes(name)));
const cutWhole = await Promise.all(flacs.map(cut));
const [{ head, blocks }] = cutWhole;
const variable = joinVariable(head, [blocks[6], ...blocks, blocks[6], blocks[2]]);
const FLAC = [
  ...flacs,
  variable,
  countedOld(variable),
  concat([flacs[0], flacs[0]]),
  concat([flacs[0], new Uint8Array(500)]),
];

/** Opens bytes, and reads them in pieces. */
async function tryReading(bytes: Bytes): Promise<Outcome> {
  const random = new SeededRandom(crc16(bytes, 0, bytes.length));
  const source = new MemorySource(bytes);
  let recording;
  try {
    recording = await openFlac(source);
  } catch (error) {
    assert.ok(error instanceof MegapteraError, `${error instanceof Error ? error.stack : error}`);
    assert.equal(error.kind, "data");
    assert.match(error.message, /^Cannot read 20210101_093000\.wav as [^\n]+\.$/);
    assert.ok(source.isClosed, "a refused source is closed");
    return "refused";
  }
  const { frames, channels, warnings } = recording;
  assert.ok(Number.isSafeInteger(frames) && frames >= 1 && channels >= 1 && channels <= 8);
  for (const warning of warnings) assert.match(warning, /^The [^\n]*\.$/);
  for (let piece = 0; piece < 4; piece++) {
    const start = random.below(frames);
    const count = Math.min(frames - start, 5000);
    const lost: LostFrames[] = [];
    const channel = random.below(channels);
    const samples = await recording.read(start, count, channel, (span) => lost.push(span));
    assert.ok(samples.length === count);
    assert.ok(samples.every((sample) => sample >= -1 && sample <= 1), "samples are in range");
    let stop = start;
    for (const { startFrame, stopFrame, reason } of lost) {
      assert.ok(startFrame >= stop && stopFrame > startFrame && stopFrame <= start + count);
      assert.ok(samples.subarray(startFrame - start, stopFrame - start).every((at) => at === 0));
      assert.match(reason, /^Cannot read 20210101_093000\.wav from its second [^\n]+\.$/);
      stop = stopFrame;
    }
    if (lost.length === 0) continue;
    await assert.rejects(recording.read(start, count, channel), MegapteraError);
  }
  assert.ok(source.bytesRead < 200 * (bytes.length + 1000), `${source.bytesRead} bytes were read`);
  recording.close();
  return "taken";
}

/** FLAC files of all kinds. */
export const flac: FuzzTarget = { wholes: FLAC, read: tryReading };
const BLOCKS = fixtures.flatMap(({ bits, channels, sampleRateHz }, i) =>
  cutWhole[i].blocks.map((block) => ({
    bytes: block.bytes,
    layout: { bits, channels, sampleRateHz, blockFrames: block.frames },
  }))
);

/** Blocks of FLAC files whose checksums fit their damage; two bytes before say of which file each is. */
export const flacBlock: FuzzTarget = {
  wholes: BLOCKS.map(({ bytes }, i) => Uint8Array.of(i & 255, i >> 8, ...bytes)),
  damage: (whole, random) => {
    const bytes = whole.slice(0, whole.length - random.below(3));
    const last = bytes.length - 2;
    for (let left = 1 + random.below(4); left > 0; left--) {
      bytes[10 + random.below(last - 10)] ^= 1 << random.below(8);
    }
    const sum = crc16(bytes, 2, last);
    bytes.set([sum >> 8, sum & 255], last);
    return bytes;
  },
  read: (bytes) => {
    const { layout } = BLOCKS[bytes[0] + 256 * bytes[1]];
    const found = readBlock(withSlack(bytes.slice(2)), 0, layout);
    if (typeof found === "string") return "refused";
    for (const samples of found.channels) {
      assert.ok(samples.every((sample) => sample >= -1 && sample <= 1));
    }
    return "taken";
  },
};
