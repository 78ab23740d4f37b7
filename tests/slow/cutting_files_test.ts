import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { catalogueFiles } from "../../pipeline/timeline/mod.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { score } from "../helpers/score_catalogue.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { encodeSamples, hasFlac } from "../pipeline/audio/flac/flac_command.ts";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";

const RATE_HZ = 16_000;
const FRAMES_PER_MS = RATE_HZ / 1000;
const SECONDS = 60;
const FRAMES = SECONDS * RATE_HZ;
/** So that the hour's border lies within. */
const START_MS = Date.UTC(2021, 0, 1, 10) - 21_317;
const SAMPLES = Int16Array.from(noise(FRAMES), (value) => value * 32768);
const WINDOW_SECONDS = 3.9124;
/** Half the length of the resampling filter, and a bit. */
const FILTER_SECONDS = 0.0095;

/** A file: frames of the recording, and its format. */
interface Part {
  from: number;
  stop: number;
  isFlac: boolean;
}

/** A name that says the start to the millisecond; a start between two is said by the earlier. */
function nameOf({ from, isFlac }: Part): string {
  const iso = new Date(START_MS + Math.floor(from / FRAMES_PER_MS)).toISOString();
  return `${iso.replaceAll(":", "-")}.${isFlac ? "flac" : "wav"}`;
}

async function write(folder: string, part: Part): Promise<string> {
  const path = join(folder, nameOf(part));
  const samples = SAMPLES.slice(part.from, part.stop);
  const body = new Uint8Array(samples.buffer);
  if (part.isFlac) {
    await encodeSamples(path, body, { channels: 1, bits: 16, sampleRateHz: RATE_HZ });
  } else await Deno.writeFile(path, riff([fmt(), { name: "data", body }]));
  return path;
}

/** Scores of all bins with effort. */
async function scoresOf(parts: readonly Part[]): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  await withFolder(async (folder) => {
    const paths = await Promise.all(parts.map((part) => write(folder, part)));
    const { hours } = await score(await catalogueFiles(paths));
    for (const [hourMs, { scores }] of hours) {
      scores.forEach((value, bin) => {
        if (!Number.isNaN(value)) found.set(hourMs + bin * 1000, value);
      });
    }
  });
  return found;
}

const WHOLE = hasFlac ? await scoresOf([{ from: 0, stop: FRAMES, isFlac: false }]) : new Map();

// Two files of one start would have one name.
const cuts = fc.uniqueArray(fc.integer({ min: 2000, max: FRAMES - 2000 }), {
  maxLength: 8,
  selector: (frame) => Math.floor(frame / FRAMES_PER_MS),
}).map((inside) => [0, ...inside.sort((a, b) => a - b), FRAMES]);
const formats = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });

Deno.test({
  name: "a recording cut at any samples into WAV and FLAC files gives its own scores, to the bit",
  ignore: !hasFlac,
}, () =>
  fc.assert(
    fc.asyncProperty(cuts, formats, async (at, isFlac) => {
      const parts = at.slice(1).map((stop, i) => ({ from: at[i], stop, isFlac: isFlac[i] }));
      assert.deepEqual(await scoresOf(parts), WHOLE);
    }),
    { seed: 1, numRuns: 12, examples: [[[0, 480_001, FRAMES], formatsOf(true, false)]] },
  ));

function formatsOf(...first: boolean[]): boolean[] {
  return [...first, ...new Array<boolean>(9 - first.length).fill(false)];
}

Deno.test({
  name: "with gaps between WAV and FLAC files, a bin has its score where all its audio is there",
  ignore: !hasFlac,
}, () => {
  const gapsMs = fc.array(fc.integer({ min: 2, max: 9000 }), { minLength: 9, maxLength: 9 });
  return fc.assert(
    fc.asyncProperty(cuts, formats, gapsMs, async (at, isFlac, gaps) => {
      // After a gap a file begins where its name says: at a whole millisecond.
      const starts = at.slice(0, -1).map((frame) =>
        Math.ceil(frame / FRAMES_PER_MS) * FRAMES_PER_MS
      );
      const parts = starts
        .map((from, i) => ({
          from,
          stop: i + 1 < starts.length ? starts[i + 1] - gaps[i] * FRAMES_PER_MS : FRAMES,
          isFlac: isFlac[i],
        }))
        .filter(({ from, stop }) => stop - from > 1000);
      const found = await scoresOf(parts);
      for (const [binMs, value] of WHOLE) {
        const second = Math.round((binMs - START_MS) / 10) / 100;
        const isWhole = (margin: number): boolean =>
          parts.some(({ from, stop }) =>
            from / RATE_HZ <= second - 0.01 - margin &&
            stop / RATE_HZ >= second + WINDOW_SECONDS + 0.01 + margin
          );
        if (isWhole(FILTER_SECONDS)) assert.equal(found.get(binMs), value, `${binMs}`);
        else if (!isWhole(-0.02)) assert.ok(!found.has(binMs), `${binMs} has a score`);
      }
      assert.ok([...found.keys()].every((binMs) => WHOLE.has(binMs)));
    }),
    { seed: 2, numRuns: 12 },
  );
});
