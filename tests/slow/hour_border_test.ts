import assert from "node:assert/strict";
import { join } from "node:path";
import { type Detector, RECIPES } from "../../pipeline/detector/mod.ts";
import { readScores, ScoreStore } from "../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { catalogueFiles } from "../../pipeline/timeline/mod.ts";
import { writeRepeatedSong } from "./repeated_song.ts";
import { HAS_STAND_IN, withStandIn } from "./stand_in.ts";

async function score(detector: Detector, files: string[], out: string): Promise<Float64Array> {
  const catalogue = await catalogueFiles(files);
  const store = new ScoreStore(out);
  const context = { detectors: [detector], recipe: RECIPES.exact, gain: 1, channel: 0 };
  await scoreRange({ ...context, ...wholeCatalogue(catalogue), stores: [store] });
  const all: number[] = [];
  for await (const { scores } of readScores(out)) all.push(...scores);
  return Float64Array.from(all);
}

Deno.test({
  name: "62 minutes of a song that repeats score alike on both sides of the hour, cut there or not",
  ignore: !HAS_STAND_IN,
}, async () => {
  await withStandIn(async (detector, folder) => {
    const whole = join(folder, "A-20210101T000000Z.wav");
    await writeRepeatedSong(whole, 124);
    const scores = await score(detector, [whole], join(folder, "whole"));
    // 30 s are 1,000 frames, so that a second and the one 30 s later hear the same; only the very
    // first second has nothing before it
    for (let bin = 31; bin < 62 * 60 - 4; bin++) {
      assert.ok(Math.abs(scores[bin] - scores[bin - 30]) <= 1e-6, `second ${bin}`);
    }
    const cut = ["B-20210101T005800Z.wav", "B-20210101T010000Z.wav"]
      .map((name) => join(folder, name));
    for (const path of cut) await writeRepeatedSong(path, 4);
    const around = await score(detector, cut, join(folder, "cut"));
    assert.deepEqual(around.slice(58 * 60 + 1, 62 * 60), scores.slice(58 * 60 + 1, 62 * 60));
  });
});
