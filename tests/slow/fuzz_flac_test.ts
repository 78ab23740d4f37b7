import assert from "node:assert/strict";
import { MegapteraError } from "../../pipeline/errors.ts";
import { crc16 } from "../../pipeline/recording/flac/checksums.ts";
import { readBlock, withSlack } from "../../pipeline/recording/flac/find_block.ts";
import { openFlac } from "../../pipeline/recording/flac/open_flac.ts";
import type { LostFrames } from "../../pipeline/recording/recording.ts";
import { damageBytes } from "../helpers/damage_bytes.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { fixtureBytes, fixtures } from "../pipeline/recording/flac/fixtures.ts";
import { concat, countedOld, cut, joinVariable } from "../pipeline/recording/flac/renumber.ts";
import { MemorySource } from "../pipeline/recording/memory_source.ts";

const RUNS = 20_000;

const whole = await Promise.all(fixtures.map(({ name }) => fixtureBytes(name)));
const cutWhole = await Promise.all(whole.map(cut));
const [{ head, blocks }] = cutWhole;
const variable = joinVariable(head, [blocks[6], ...blocks, blocks[6], blocks[2]]);
const WHOLE = [
  ...whole,
  variable,
  countedOld(variable),
  concat([whole[0], whole[0]]),
  concat([whole[0], new Uint8Array(500)]),
];

/** Opens bytes, reads them in pieces, and says what came of it. */
async function tryReading(
  bytes: Uint8Array<ArrayBuffer>,
  random: SeededRandom,
): Promise<"refused" | "read" | "read in part"> {
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
  let isWhole = true;
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
    isWhole = false;
    await assert.rejects(recording.read(start, count, channel), MegapteraError);
  }
  assert.ok(source.bytesRead < 200 * (bytes.length + 1000), `${source.bytesRead} bytes were read`);
  recording.close();
  return isWhole && warnings.length === 0 ? "read" : "read in part";
}

Deno.test(`${RUNS} damaged FLAC files end in a fault, or in frames that are there or named as lost`, async () => {
  const counts = { refused: 0, read: 0, "read in part": 0 };
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = new SeededRandom(seed);
    const bytes = damageBytes(random.pick(WHOLE), random);
    try {
      counts[await tryReading(bytes, random)]++;
    } catch (error) {
      throw new Error(`Seed ${seed}`, { cause: error });
    }
  }
  assert.ok(
    counts.refused > RUNS / 10 && counts["read in part"] > RUNS / 10,
    JSON.stringify(counts),
  );
});

Deno.test("damaged blocks with a right checksum decode to samples in range, or not at all", () => {
  const all = fixtures.flatMap(({ bits, channels, sampleRateHz }, i) =>
    cutWhole[i].blocks.map((block) => ({
      block,
      layout: { bits, channels, sampleRateHz, blockFrames: block.frames },
    }))
  );
  let decoded = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = new SeededRandom(seed);
    const { block, layout } = random.pick(all);
    const bytes = withSlack(block.bytes);
    for (let left = 1 + random.below(4); left > 0; left--) {
      bytes[8 + random.below(bytes.length - 10)] ^= 1 << random.below(8);
    }
    // What the decoder takes for the end is not known beforehand, so any is made to be right.
    for (let stop = bytes.length; stop > bytes.length - 3; stop--) {
      const sum = crc16(bytes, 0, stop - 2);
      bytes.set([sum >> 8, sum & 255], stop - 2);
      const found = readBlock(withSlack(bytes.slice(0, stop)), 0, layout);
      if (typeof found === "string") continue;
      decoded++;
      for (const samples of found.channels) {
        assert.ok(samples.every((sample) => sample >= -1 && sample <= 1), `Seed ${seed}`);
      }
    }
  }
  assert.ok(decoded > RUNS / 20, `${decoded} were decoded`);
});

Deno.test("every cut of every whole file ends in a fault, or in frames that are there", async () => {
  for (const bytes of WHOLE) {
    for (let length = 0; length <= bytes.length; length += 3) {
      await tryReading(bytes.slice(0, length), new SeededRandom(length));
    }
  }
});
