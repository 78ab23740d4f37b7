import assert from "node:assert/strict";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { catalogueFiles } from "../../../pipeline/timeline/mod.ts";
import { noise } from "../../helpers/memory_catalogue.ts";
import { score, type ScoreOptions } from "../../helpers/score_catalogue.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { encodeSamples, hasFlac } from "../audio/flac/flac_command.ts";
import { fmt, riff } from "../audio/wav_bytes.ts";

const RATE_HZ = 16_000;
const HOUR_MS = Date.UTC(2021, 0, 1, 1);
/** Ten seconds before the hour up to fifty into it. */
const NAME = "A_20210101T005950Z";
const SAMPLES = Int16Array.from(noise(60 * RATE_HZ), (value) => value * 32768);
const FLOATS = Float32Array.from(SAMPLES, (value) => value / 32768);
const BLOCK = 4096;

async function writeFloats(folder: string, samples: Float32Array): Promise<string> {
  const path = `${folder}/${NAME}.wav`;
  const body = new Uint8Array(samples.slice().buffer);
  await Deno.writeFile(path, riff([fmt({ tag: 3, bits: 32 }), { name: "data", body }]));
  return path;
}

async function scoreFile(
  path: string,
  options?: ScoreOptions,
): Promise<Awaited<ReturnType<typeof score>>> {
  return await score(await catalogueFiles([path]), options);
}

async function scoresOfWhole(): Promise<Float64Array> {
  let scores: Float64Array = new Float64Array();
  await withFolder(async (folder) => {
    scores = (await scoreFile(await writeFloats(folder, FLOATS))).hours.get(HOUR_MS)!.scores;
  });
  return scores;
}
const whole = await scoresOfWhole();

/** What is left of the hour's scores where some of its seconds are lost, to the second. */
function assertLost(scores: Float64Array, first: number, stop: number): void {
  scores.forEach((score, bin) => {
    // A window of 3.9124 s that reaches into them has none; filters reach 10 ms to each side.
    const isLost = bin + 3.93 > first && bin < stop;
    const isTouched = bin + 3.93 > first - 0.1 && bin < stop + 0.1;
    if (isLost || Number.isNaN(whole[bin])) assert.ok(Number.isNaN(score), `bin ${bin}: ${score}`);
    else if (!isTouched) assert.equal(score, whole[bin], `bin ${bin}`);
    else assert.ok(Number.isFinite(score));
  });
}

Deno.test("samples that are not finite cost the windows that hear them, and are named", () =>
  withFolder(async (folder) => {
    for (const value of [NaN, Infinity, 1e13]) {
      const samples = FLOATS.slice();
      // From 20.5 to 21.25 s into the hour, one sample by itself, and one in the hour before.
      samples.fill(value, 30.5 * RATE_HZ, 31.25 * RATE_HZ);
      samples[5 * RATE_HZ] = value;
      const path = await writeFloats(folder, samples);
      const { hours, outcomes } = await scoreFile(path);
      assert.deepEqual(outcomes.map(({ state }) => state), ["scored", "scored"]);
      const { scores, manifest } = hours.get(HOUR_MS)!;
      assertLost(scores, 20.5, 21.25);
      const spans = manifest.noEffort.map(({ start, stop, reason }) => [
        start.slice(14, 19),
        stop.slice(14, 19),
        reason.kind,
        reason.uri?.split("/").at(-1),
      ]);
      assert.deepEqual(spans.slice(0, 2), [
        ["00:17", "00:20", "window", undefined],
        ["00:20", "00:22", "not-finite", `${NAME}.wav`],
      ]);
      assert.deepEqual(manifest.notes, [
        `Cannot use some samples of ${NAME}.wav as they are no finite numbers: what wrote them put ` +
        "NaN or infinity there.",
      ]);
      assert.deepEqual(outcomes[1].notes, manifest.notes);
    }
  }));

Deno.test({
  name: "a bad block costs the windows that hear it, and is done all the same",
  ignore: !hasFlac,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/${NAME}.flac`;
      const shape = { channels: 1, bits: 16, sampleRateHz: RATE_HZ };
      await encodeSamples(path, new Uint8Array(SAMPLES.buffer), shape, ["-b", `${BLOCK}`]);
      const bytes = await Deno.readFile(path);
      bytes[Math.floor(bytes.length / 2)] ^= 1;
      await Deno.writeFile(path, bytes);
      const store = new ScoreStore(`${folder}/scores`);
      const { hours, outcomes } = await scoreFile(path, { store });
      const { scores, manifest } = hours.get(HOUR_MS)!;
      const [note, ...others] = manifest.notes;
      assert.deepEqual(others, []);
      const [, first, stop] = /from its second (\S+) to (\S+) as a FLAC block is damaged/.exec(
        note,
      )!;
      assert.equal((Number(stop) - Number(first)).toFixed(3), (BLOCK / RATE_HZ).toFixed(3));
      assertLost(scores, Number(first) - 10, Number(stop) - 10);
      assert.deepEqual(outcomes.at(-1)!.notes, [note]);
      const lost = manifest.noEffort.filter(({ reason }) => reason.kind === "unreadable");
      assert.equal(lost.length, 1);
      // An hour alone gives what it gives in a range, and a second run has nothing to do.
      const alone = await scoreFile(path, { hours: [HOUR_MS] });
      assert.deepEqual(alone.hours.get(HOUR_MS), {
        scores,
        manifest: alone.hours.get(HOUR_MS)!.manifest,
      });
      const again = await scoreFile(path, { store });
      assert.deepEqual(again.outcomes.map(({ state }) => state), ["done", "done"]);
    }),
});

Deno.test("what is too loud for the detector is never handed to it", () =>
  withFolder(async (folder) => {
    const path = await writeFloats(folder, FLOATS);
    const { outcomes } = await scoreFile(path, { gain: 1e30 });
    assert.deepEqual(outcomes.map(({ state }) => state), ["failed", "failed"]);
    assert.match(
      outcomes[1].notes[0],
      /Hour 2021-01-01T01:00:00Z was not scored: Cannot score 2021-01-01T01:00:00Z with .* as it takes finite numbers: the audio is too loud for it with --gain 1e\+30/,
    );
  }));
