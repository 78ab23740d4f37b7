import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../pipeline/errors.ts";
import { RECIPES } from "../../pipeline/detector/recipes/mod.ts";
import { isWhole, ScoreStore } from "../../pipeline/scoring/score_store.ts";
import { hourPath, scoreRange, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { DiskStorage } from "../../pipeline/storage/mod.ts";
import { isTemporary } from "../../pipeline/storage/write_whole.ts";
import { failingFiles, type Operations } from "./failing_operations.ts";
import { fakeWaveformDetector } from "./fake_waveform_detector.ts";
import { InterleavedOperations, Interleaving } from "./interleaved.ts";
import { memoryCatalogue, noise } from "./memory_catalogue.ts";
import { SeededRandom } from "./seeded_random.ts";
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

/** How two or three writers meet in one folder. */
export interface Meeting {
  writers: number;
  /** Whether each scores another way. */
  other: boolean;
  /** Whether they replace what lies there, which was scored in a third way. */
  force: boolean;
  /** Whether one of them ends at a random operation. */
  kill: boolean;
}

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

/** The gains that the hours of a folder were scored with; each must be whole. */
async function gainsOf(out: string): Promise<(number | undefined)[]> {
  const store = new ScoreStore(out);
  const found = await Promise.all(HOURS.map((hourMs) => store.findNow(hourMs)));
  return found.map((hour) => isWhole(hour) ? hour.manifest!.gain : undefined);
}

/**
 * Lets writers meet in one order of their operations, and holds them to what is promised.
 *
 * @param meeting Who meets.
 * @param seed Decides the order.
 */
export function meet({ writers, other, force, kill }: Meeting, seed: number): Promise<void> {
  return withFolder(async (folder) => {
    const random = new SeededRandom(seed);
    const out = join(folder, "out");
    const plain = (): Operations => new InterleavedOperations(() => Promise.resolve());
    if (force) assert.equal(await score(out, 9, plain(), false), undefined);
    const turns = new Interleaving(writers, random, random.pick([1, 2, 4, 16]));
    const killed = kill ? random.below(writers) : -1;
    const stopsAt = 1 + random.below(110);
    const gains = Array.from({ length: writers }, (_, i) => other ? i + 1 : 1);
    const [seen, gone] = [new Set<string>(), new Set<string>()];
    const ends = await Promise.all(gains.map(async (gain, writer) => {
      const turn = async (): Promise<void> => {
        await turns.turn(writer);
        const there = (await filesBelow(out).catch(() => [])).filter((name) => !isTemporary(name));
        for (const name of seen) if (!there.includes(name)) gone.add(name);
        for (const name of there) seen.add(name);
      };
      const operations = new InterleavedOperations(turn, writer === killed ? stopsAt : 0);
      const error = await score(out, gain, operations, force);
      turns.ended(writer);
      return { gain, error, isStopped: operations.isStopped };
    }));
    const finished = ends.filter(({ error }) => error === undefined);
    assert.deepEqual([...gone], [], "files that stood were removed");
    for (const { error, isStopped } of ends) {
      if (error === undefined || isStopped) continue;
      const isRefused = other && error instanceof MegapteraError && error.kind === "configuration";
      if (!isRefused) throw error;
    }
    const anyStopped = ends.some(({ isStopped }) => isStopped);
    const found = await gainsOf(out);
    if (!anyStopped) {
      assert.ok(finished.length > 0, "nobody finished");
      const owners = finished.filter(({ gain }) => found.every((of) => of === gain));
      assert.ok(owners.length > 0, `a tree of ${found}, and finished were ${gainsText(finished)}`);
    } else if (!force) {
      const gainsThere = new Set(found.filter((gain) => gain !== undefined));
      assert.ok(gainsThere.size <= 1, `a tree of ${found}`);
    }
    // Whoever's tree it is goes on to its end; a killed one that replaced is run again.
    const gain = found.find((gain) => gain !== undefined && gain !== 9) ?? await claimOf(out) ?? 1;
    assert.equal(await score(out, gain, plain(), force), undefined);
    assert.deepEqual(await gainsOf(out), HOURS.map(() => gain));
    const expected = HOURS.flatMap((hourMs) =>
      ["csv", "json"].map((is) => `${hourPath(hourMs)}.${is}`)
    );
    assert.deepEqual(await filesBelow(out), expected.sort());
  });
}

function gainsText(ends: readonly { gain: number }[]): string {
  return ends.map(({ gain }) => gain).join(" and ");
}

/** Whose the first hour is that has a manifest, whole or not. */
async function claimOf(out: string): Promise<number | undefined> {
  const manifest = await new ScoreStore(out).readManifest(HOUR);
  return manifest?.gain === 9 ? undefined : manifest?.gain;
}
