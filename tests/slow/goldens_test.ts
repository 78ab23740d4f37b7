import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Detector,
  loadDetector,
  MEL_BANDS,
  type Recipe,
  RECIPES,
  scoreSignature,
  WINDOW_FRAMES,
  WINDOW_SAMPLES,
} from "../../pipeline/detector/mod.ts";
import { parseScoreCsv, ScoreStore } from "../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { catalogueFiles } from "../../pipeline/timeline/mod.ts";
import { fixture, readJson, readSamples, worstDifference } from "../helpers/fixtures.ts";
import { writeRepeatedSong } from "./repeated_song.ts";
import { HAS_STAND_IN, withStandIn } from "./stand_in.ts";

const ignore = !HAS_STAND_IN;
const HOUR = Date.UTC(2021, 0, 1);
/** Two float32 implementations of the stand-in's network differ by about 1e-4. */
const SAME_AUDIO = 3e-4;

/** Scores one file from 2021-01-01T00:00:00Z on, through the path that `score` takes. */
async function scoreFile(
  detector: Detector,
  folder: string,
  path: string,
  recipe: Recipe,
  gain = 1,
): Promise<Float64Array> {
  const store = new ScoreStore(join(folder, "scores"));
  const catalogue = await catalogueFiles([path], { recordingStart: "2021-01-01T00:00:00Z" });
  const context = { detectors: [detector], recipe, gain, channel: 0, force: true };
  await scoreRange({ ...context, ...wholeCatalogue(catalogue), stores: [store] });
  return parseScoreCsv(await store.readCsv(HOUR) ?? "", path).scores;
}

/** Holds rows read from six decimals to a golden, worst and mean. */
function hold(rows: ArrayLike<number>, golden: number[], worst: number, mean = worst): void {
  let sum = 0;
  golden.forEach((score, i) => {
    assert.ok(Math.abs(rows[i] - score) <= worst, `row ${i}: ${rows[i]} is not ${score}`);
    sum += Math.abs(rows[i] - score);
  });
  assert.ok(sum / golden.length <= mean, `the mean difference is ${sum / golden.length}`);
}

/** Scores windows of audio at 10 kHz that start at given frames, each by itself. */
async function scoreWindows(
  detector: Detector,
  samples: Float32Array,
  starts: readonly number[],
): Promise<{ scores: number[]; features: Float32Array }> {
  const front = await detector.frontEnd.start();
  const windows = front.windows("window", 0);
  windows.push(samples, 0);
  const scores: number[] = [];
  let features = new Float32Array(0);
  for (const start of starts) {
    const window = new Float32Array(WINDOW_FRAMES * MEL_BANDS);
    windows.write(start, window, 0);
    const result = await detector.engine.run(window);
    if (start === 0) features = Float32Array.from(result.features ?? []);
    scores.push(result.scores[0]);
  }
  front.close();
  return { scores, features };
}

Deno.test({ name: "every golden of the publisher's code is held", ignore }, async (t) => {
  const golden = await readJson("google.json");
  const [from10k, from16k] = [fixture("song-10k.wav"), fixture("song-16k.wav")];
  await withStandIn(async (detector, folder) => {
    const score = (path: string, recipe: Recipe, gain = 1) =>
      scoreFile(detector, folder, path, recipe, gain);
    await t.step(
      "exact, from 10 kHz",
      async () => hold(await score(from10k, RECIPES.exact), golden.exact.score, SAME_AUDIO),
    );
    await t.step(
      "exact, from 16 kHz through our resampler",
      async () => hold(await score(from16k, RECIPES.exact), golden.exact_plain.score, 0.015, 0.003),
    );
    await t.step(
      "google",
      async () => hold(await score(from10k, RECIPES.google), golden.score_step_10000, SAME_AUDIO),
    );
    await t.step(
      "google at a tenth of the level",
      async () =>
        hold(
          await score(from10k, RECIPES.google, 0.1),
          golden["score_step_10000_gain_0.1"],
          SAME_AUDIO,
        ),
    );
    await t.step(
      "google at ten times the level",
      async () =>
        hold(
          await score(from10k, RECIPES.google, 10),
          golden["score_step_10000_gain_10.0"],
          SAME_AUDIO,
        ),
    );
    await t.step(
      "mbari",
      async () =>
        hold(await score(from16k, RECIPES.mbari), golden.mbari.score_step_10000, 0.015, 0.003),
    );
    const samples = await readSamples("song-10k.wav");
    await t.step("google at a step of 5,000 samples", async () => {
      const starts = scoreSignature(5000).windowStarts(Infinity, 997, 100 / 3);
      assert.equal(starts.length, golden.score_step_5000.length);
      hold(
        (await scoreWindows(detector, samples, starts)).scores,
        golden.score_step_5000,
        SAME_AUDIO,
      );
    });
    await t.step("features of the first window", async () => {
      const { features } = await scoreWindows(detector, samples, [0]);
      const { first_16, sum, l2 } = golden.features_of_window_0;
      assert.equal(features.length, 2048);
      assert.ok(worstDifference(features, first_16) < 3e-4);
      assert.ok(Math.abs(features.reduce((a, b) => a + b, 0) - sum) < 0.05);
      assert.ok(Math.abs(Math.hypot(...features) - l2) < 1e-3);
    });
    await t.step("silence", async () => {
      const silence = new Float32Array(WINDOW_SAMPLES + 9900);
      hold((await scoreWindows(detector, silence, [0, 33])).scores, golden.silence, SAME_AUDIO);
    });
  });
});

Deno.test({ name: "redun gives the earlier pipeline's rows of a whole hour", ignore }, async () => {
  const { rows } = await readJson("redun-hour.json");
  await withStandIn(async (detector, folder) => {
    const path = join(folder, "hour.wav");
    await writeRepeatedSong(path, 120);
    const scores = await scoreFile(detector, folder, path, RECIPES.redun);
    const at = rows.map(({ row }: { row: number }) => scores[row]);
    hold(at, rows.map(({ score }: { score: number }) => score), 0.015, 0.003);
    assert.ok(scores.every((score) => score >= 0));
  });
});

Deno.test({
  name: "neither what shares a batch nor the number of threads changes a bit of a score",
  ignore,
}, async () => {
  const values = WINDOW_FRAMES * MEL_BANDS;
  const window = (n: number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: values }, (_, i) => Math.abs(Math.sin(i * n)));
  const batch = new Float32Array(4 * values);
  for (let n = 0; n < 4; n++) batch.set(window(n + 1), n * values);
  await withStandIn(async ({ engine }, folder) => {
    const alone: number[] = [];
    for (let n = 0; n < 4; n++) alone.push((await engine.run(window(n + 1))).scores[0]);
    assert.deepEqual([...(await engine.run(batch.slice())).scores], alone);
    const modelsFolder = join(folder, "models");
    const single = await loadDetector({ model: "google", threads: 1, modelsFolder });
    assert.deepEqual([...(await single.engine.run(batch)).scores], alone);
    single.engine.close();
  });
});
