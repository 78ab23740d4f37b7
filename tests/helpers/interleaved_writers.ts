import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../pipeline/errors.ts";
import { RECIPES } from "../../pipeline/detector/recipes/mod.ts";
import { hourPath, scoreRange, ScoreStore, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { DiskStorage } from "../../pipeline/storage/mod.ts";
import { isTemporary } from "../../pipeline/storage/write_whole.ts";
import { failingFiles, type Operations } from "./failing_operations.ts";
import { fakeWaveformDetector } from "./fake_waveform_detector.ts";
import { InterleavedOperations, Interleaving } from "./interleaved.ts";
import { memoryCatalogue, noise } from "./memory_catalogue.ts";
import { SeededRandom } from "./seeded_random.ts";
import {
  assertTreeOfOne,
  gainsOf,
  gainsThere,
  type Meeting,
  OLD_GAIN,
  whoGoesOn,
} from "./tree_of_one.ts";
import { filesBelow, withFolder } from "./temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const HOURS = [HOUR, HOUR + 3_600_000];
const RATE_HZ = 1000;
const RECORDINGS = HOURS.map((startMs, hour) => ({
  name: `${hour}.wav`,
  startMs,
  sampleRateHz: RATE_HZ,
  samples: noise(3 * RATE_HZ, hour + 1),
}));

/** Scores two tiny hours into a folder with one gain. */
async function score(
  out: string,
  gain: number,
  operations: Operations,
  force: boolean,
): Promise<unknown> {
  using files = failingFiles(operations);
  const detector = fakeWaveformDetector({
    sampleRateHz: RATE_HZ,
    windowSamples: RATE_HZ,
    score: (window) => [Math.min(1, Math.abs(window[0]) * 10)],
  });
  try {
    await scoreRange({
      ...wholeCatalogue(memoryCatalogue(RECORDINGS)),
      detectors: [detector],
      recipe: RECIPES.exact,
      gain,
      channel: 0,
      stores: [new ScoreStore(new DiskStorage(out, files))],
      clock: {
        nowMs: () => HOUR + operations.count * 1000,
        sleep: () => operations.do("sleep", () => Promise.resolve()),
      },
      force,
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

/**
 * Lets writers meet in one order of their operations, and holds them to what is promised.
 *
 * @param meeting Who meets.
 * @param kill Whether one of them ends at a random operation.
 * @param seed Decides the order.
 */
export function meet(meeting: Meeting, kill: boolean, seed: number): Promise<void> {
  const { writers, other, force } = meeting;
  return withFolder(async (folder) => {
    const random = new SeededRandom(seed);
    const out = join(folder, "out");
    const plain = (): Operations => new InterleavedOperations(() => Promise.resolve());
    if (force) assert.equal(await score(out, OLD_GAIN, plain(), false), undefined);
    const turns = new Interleaving(writers, random, random.pick([1, 2, 4, 16]));
    const killed = kill ? random.below(writers) : -1;
    const stopsAt = 1 + random.below(110);
    const [seen, gone] = [new Set<string>(), new Set<string>()];
    const ends = await Promise.all(
      gainsOf(meeting).map(async (gain, writer) => {
        const turn = async (): Promise<void> => {
          await turns.turn(writer);
          const there = (await filesBelow(out).catch(() => [])).filter((name) =>
            !isTemporary(name)
          );
          for (const name of seen) if (!there.includes(name)) gone.add(name);
          for (const name of there) seen.add(name);
        };
        const operations = new InterleavedOperations(turn, writer === killed ? stopsAt : 0);
        const error = await score(out, gain, operations, force);
        turns.ended(writer);
        if (operations.isStopped) return { gain, how: "killed" as const };
        if (error === undefined) return { gain, how: "finished" as const };
        const isRefused = other && error instanceof MegapteraError &&
          error.kind === "configuration";
        if (!isRefused) throw error;
        return { gain, how: "refused" as const };
      }),
    );
    assert.deepEqual([...gone], [], "files that stood were removed");
    assertTreeOfOne(meeting, ends, await gainsThere(out, HOURS));
    const gain = await whoGoesOn(out, HOURS);
    assert.equal(await score(out, gain, plain(), force), undefined);
    assert.deepEqual(await gainsThere(out, HOURS), HOURS.map(() => gain));
    const expected = HOURS.flatMap((hourMs) =>
      ["csv", "json"].map((is) => `${hourPath(hourMs)}.${is}`)
    );
    assert.deepEqual(await filesBelow(out), expected.sort());
  });
}
