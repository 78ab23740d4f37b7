import assert from "node:assert/strict";
import { findBinBouts, medianFilter } from "../../../pipeline/bouts/mod.ts";
import { readScores, ScoreStore, verifyScores } from "../../../pipeline/scores/mod.ts";
import { simulateRange, truthOf } from "../../../simulation/season/mod.ts";
import { scoresBelow } from "../../helpers/scored_files.ts";
import { MARS } from "../../helpers/simulated_presence.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";

const HOUR_MS = 3_600_000;
// A Wednesday: the recorder is tended at 17:00.
const DAY_MS = Date.UTC(2016, 10, 16);
const of = { site: MARS, seed: 15 };
const day = { ...of, startMs: DAY_MS, stopMs: DAY_MS + 24 * HOUR_MS };

Deno.test("a simulated day is whole, marked as simulated, and says why effort is missing", () =>
  withFolder(async (folder) => {
    await simulateRange({ ...day, store: new ScoreStore(folder) });
    const verdicts = await Array.fromAsync(verifyScores(folder, { deep: true }));
    assert.deepEqual(verdicts.map(({ state }) => state), new Array(24).fill("whole"));
    let [song, off] = [0, 0];
    for await (const { hourMs, scores, manifest } of readScores(folder)) {
      assert.match(manifest?.detector.notice ?? "", /^simulated/);
      assert.ok(manifest?.files.every(({ uri }) => uri.startsWith("simulated:mars/")));
      if (hourMs === DAY_MS + 17 * HOUR_MS) {
        const reasons = manifest?.noEffort.map(({ start, reason }) => `${start} ${reason.kind}`);
        assert.deepEqual(reasons, ["2016-11-16T17:00:00Z no-recording"]);
        assert.ok(Number.isNaN(scores[599]) && !Number.isNaN(scores[600]));
      }
      if (hourMs === DAY_MS + 16 * HOUR_MS) {
        // A window of 3.9 s does not fit into what is left before the pause.
        assert.ok(Number.isNaN(scores[3597]) && !Number.isNaN(scores[3596]));
      }
      off += scores.reduce((sum, score) => Number.isNaN(score) ? sum + 1 : sum, 0);
      const bouts = findBinBouts(medianFilter(scores), { threshold: 0.5, gap: 0, min: 1 });
      song += bouts.reduce((sum, bout) => sum + bout.positive, 0);
    }
    const [{ song: drawn, ships }] = truthOf(of, DAY_MS, DAY_MS + 24 * HOUR_MS).days;
    const sung = drawn.night + drawn.dawn + drawn.day + drawn.dusk;
    assert.ok(sung > 3_600 && Math.abs(song - sung) < ships + off + 600, `${song} of ${sung} s`);
  }));

Deno.test("a simulated hour depends on site and seed only, not on the range or what was there", () =>
  withFolder(async (folder) => {
    const [whole, parts] = [`${folder}/whole`, `${folder}/parts`].map((path) =>
      new ScoreStore(path)
    );
    await simulateRange({ ...day, store: whole });
    const controller = new AbortController();
    let seen = 0;
    const interrupted = simulateRange({
      ...day,
      startMs: DAY_MS + 5 * HOUR_MS,
      store: parts,
      signal: controller.signal,
      onHour: () => ++seen === 3 && controller.abort(),
    });
    await assert.rejects(interrupted, { name: "AbortError" });
    let before = 0;
    await simulateRange({ ...day, store: parts, onHour: (_, done) => before += done ? 1 : 0 });
    assert.ok(before >= 3 && before < 19, `${before} hours were there before`);
    assert.deepEqual(await scoresBelow(parts.name), await scoresBelow(whole.name));
    assert.deepEqual(await filesBelow(parts.name), await filesBelow(whole.name));
  }));

Deno.test("simulated hours are refused where other scores lie, of another seed too", () =>
  withFolder(async (folder) => {
    const hour = { ...day, stopMs: DAY_MS + HOUR_MS, store: new ScoreStore(folder) };
    await simulateRange(hour);
    await assert.rejects(simulateRange({ ...hour, seed: 16 }), {
      kind: "configuration",
      message: /Cannot simulate hour 2016-11-16T00:00:00Z .* choose another --out/,
    });
  }));
