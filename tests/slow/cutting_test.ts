import assert from "node:assert/strict";
import fc from "fast-check";
import { RECIPES } from "../../pipeline/detector/mod.ts";
import { ScoreStore } from "../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { fakeDetector } from "../helpers/fake_detector.ts";
import { memoryCatalogue, type MemoryFile, noise } from "../helpers/memory_catalogue.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const RATE_HZ = 16_000;
const FRAMES_PER_MS = RATE_HZ / 1000;
const LENGTH_MS = 100_000;
const HOUR = Date.UTC(2021, 0, 1, 9);
/** So that the hour's border lies within, and no bin on a whole millisecond of a mel frame. */
const START_MS = HOUR + 3_600_000 - 52_317;
const SAMPLES = noise(LENGTH_MS * FRAMES_PER_MS);
/** What a window hears: 128 mel frames, of which a frame is 30 ms apart and 102.4 ms long. */
const WINDOW_MS = 3912.4;
/** Half the length of the resampling filter: 94 periods of 10 kHz, in samples of 16 kHz. */
const FILTER_MS = 9.5;

/** A stretch of the recording, in milliseconds from its start. */
type Stretch = readonly [fromMs: number, stopMs: number];

function files(stretches: readonly Stretch[]): MemoryFile[] {
  return stretches.map(([fromMs, stopMs], i) => ({
    name: `${i}.wav`,
    startMs: START_MS + fromMs,
    sampleRateHz: RATE_HZ,
    samples: SAMPLES.slice(fromMs * FRAMES_PER_MS, stopMs * FRAMES_PER_MS),
    resolutionMs: 1,
  }));
}

/** Scores as written, bin → text; those without effort are left out. */
async function score(stretches: readonly Stretch[]): Promise<Map<number, string>> {
  const scores = new Map<number, string>();
  await withFolder(async (folder) => {
    const store = new ScoreStore(folder);
    const context = {
      detectors: [fakeDetector()],
      recipe: RECIPES.exact,
      gain: 1,
      channel: 0,
      stores: [store],
    };
    const outcomes = await scoreRange({
      ...context,
      ...wholeCatalogue(memoryCatalogue(files(stretches))),
    });
    for (const { hourMs } of outcomes) {
      const rows = (await store.readCsv(hourMs))?.trimEnd().split("\n").slice(1) ?? [];
      rows.forEach((row, bin) => {
        const [stamp, text] = row.split(",");
        assert.equal(Date.parse(stamp), hourMs + bin * 1000);
        if (text !== "") scores.set(hourMs + bin * 1000, text);
      });
    }
  });
  return scores;
}

/** Stretches without those between which nothing is missing. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const runs: [number, number][] = [];
  for (const [fromMs, stopMs] of stretches) {
    const last = runs.at(-1);
    if (last && last[1] === fromMs) last[1] = stopMs;
    else runs.push([fromMs, stopMs]);
  }
  return runs;
}

/** Where a bin's window starts, in ms from the recording's start: at the frame nearest to it. */
function windowStartMs(binMs: number): number {
  const hourMs = Math.floor(binMs / 3_600_000) * 3_600_000;
  return hourMs + Math.round((binMs - hourMs) / 30) * 30 - START_MS;
}

function assertScoresOf(
  scores: ReadonlyMap<number, string>,
  whole: ReadonlyMap<number, string>,
  stretches: readonly Stretch[],
): void {
  const runs = joined(stretches);
  const fits = (startMs: number, marginMs: number): boolean =>
    runs.some(([fromMs, stopMs]) =>
      startMs - marginMs >= fromMs - 1e-6 && startMs + WINDOW_MS + marginMs <= stopMs + 1e-6
    );
  let equal = 0;
  for (let binMs = HOUR; binMs < HOUR + 2 * 3_600_000; binMs += 1000) {
    const startMs = windowStartMs(binMs);
    const name = `${new Date(binMs).toISOString()} of ${JSON.stringify(stretches)}`;
    assert.equal(scores.has(binMs), fits(startMs, 0), name);
    // at the very ends of a run the filter hears silence where the whole recording went on
    const filterIsWhole = fits(startMs, FILTER_MS) ||
      runs.some(([fromMs, stopMs]) => fromMs === 0 && stopMs === LENGTH_MS);
    if (!scores.has(binMs) || !filterIsWhole) continue;
    assert.equal(scores.get(binMs), whole.get(binMs), name);
    equal++;
  }
  assert.ok(equal >= scores.size - 2 * runs.length, "all but those at the ends are compared");
}

const whole = await score([[0, LENGTH_MS]]);

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: LENGTH_MS - 1 }), { maxLength: 12 })
  .map((inside) => [0, ...inside.sort((a, b) => a - b), LENGTH_MS])
  .map((at) => at.slice(1).map((stopMs, i): Stretch => [at[i], stopMs]));

Deno.test("the whole recording has the scores of all its whole windows, across the hour", () => {
  assertScoresOf(whole, whole, [[0, LENGTH_MS]]);
  assert.ok(whole.size >= 95 && new Set(whole.values()).size > 90, `${whole.size} scores`);
});

Deno.test("any cutting into files gives the whole recording's scores, to the byte", async () => {
  await fc.assert(
    fc.asyncProperty(cuts, async (stretches) => {
      assert.deepEqual(await score(stretches), whole);
    }),
    { seed: 1, numRuns: 30 },
  );
});

Deno.test("any cutting with gaps gives those scores where all the audio is, and no others", async () => {
  const gapMs = fc.oneof(fc.constantFrom(0, 2, 3, 9, 10), fc.integer({ min: 0, max: 8000 }));
  const withGaps = cuts.chain((stretches) =>
    fc.array(gapMs, { minLength: stretches.length, maxLength: stretches.length })
      .map((gaps) => stretches.map(([from, stop], i): Stretch => [from, stop - gaps[i]]))
      .map((cut) => cut.filter(([fromMs, stopMs]) => stopMs > fromMs))
      // names agree within their resolution, so that a gap of 1 ms is none
      .filter((cut) => cut.length > 0 && cut.every(([from], i) => from - cut[i - 1]?.[1] !== 1))
  );
  await fc.assert(
    fc.asyncProperty(withGaps, async (stretches) => {
      assertScoresOf(await score(stretches), whole, stretches);
    }),
    { seed: 2, numRuns: 30 },
  );
});
