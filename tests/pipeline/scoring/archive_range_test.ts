import assert from "node:assert/strict";
import { RECIPES } from "../../../pipeline/detector/mod.ts";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { hoursWithin, scoreRange } from "../../../pipeline/scoring/mod.ts";
import { ListedArchive, namedList } from "../../../pipeline/timeline/mod.ts";
import { fakeDetector } from "../../helpers/fake_detector.ts";
import { memoryCatalogue, type MemoryFile, noise } from "../../helpers/memory_catalogue.ts";
import { scoresBelow } from "../../helpers/scored_files.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const RATE_HZ = 16_000;
const NEW_YEAR = Date.UTC(2021, 0, 1);
const HOUR_MS = 3_600_000;

/** Recordings of noise, by their starts and lengths in seconds from the new year. */
function files(spans: readonly (readonly [start: number, seconds: number])[]): MemoryFile[] {
  return spans.map(([start, seconds], i) => ({
    name: `${i}.wav`,
    startMs: NEW_YEAR + start * 1000,
    sampleRateHz: RATE_HZ,
    samples: noise(Math.round(seconds * RATE_HZ), i + 1),
    resolutionMs: 1000,
  }));
}

/** Scores a range of an archive, and gives the texts of its score files. */
async function score(
  recordings: readonly MemoryFile[],
  startMs: number,
  stopMs: number,
  workers = 1,
): Promise<Record<string, string>> {
  const catalogue = memoryCatalogue(recordings);
  const open = (place: string) => catalogue.open(Number(place));
  const list = namedList(
    "memory",
    recordings.map(({ startMs }, i) => ({ place: String(i), startMs, resolutionMs: 1000 })),
  );
  let texts: Record<string, string> = {};
  await withFolder(async (folder) => {
    await scoreRange({
      archive: new ListedArchive(list, { startMs, stopMs, open }),
      hours: hoursWithin(startMs, stopMs),
      detectors: Array.from({ length: workers }, () => fakeDetector()),
      recipe: RECIPES.exact,
      gain: 1,
      channel: 0,
      stores: [new ScoreStore(folder)],
    });
    texts = await scoresBelow(folder);
  });
  return texts;
}

const effortOf = (csv: string): number =>
  csv.trimEnd().split("\n").filter((row) => !row.endsWith(",")).length - 1;

Deno.test("a recording across midnight and the new year gives each hour the same bytes, alone or in a range", async () => {
  const recordings = files([[-40, 30], [-10, 30], [20, 15]]);
  const [before, after] = [NEW_YEAR - HOUR_MS, NEW_YEAR + HOUR_MS];
  const together = await score(recordings, before, after);
  assert.deepEqual(Object.keys(together), [
    "2020/12/20201231_23.csv",
    "2021/01/20210101_00.csv",
  ]);
  // The windows of the old year's last seconds reach into the new one.
  assert.equal(effortOf(together["2020/12/20201231_23.csv"]), 40);
  assert.equal(effortOf(together["2021/01/20210101_00.csv"]), 35 - 3);
  const alone = {
    ...await score(recordings, before, NEW_YEAR),
    ...await score(recordings, NEW_YEAR, after),
  };
  assert.deepEqual(alone, together);
});

Deno.test("a clock that drifts places an hour alike, wherever the range begins", async () => {
  // A file every two seconds, each 0.3 s shorter than the names say.
  const drifting = Array.from({ length: 4 * 60 }, (_, i) => [i * 2, 1.7] as const);
  const recordings = files(drifting.map(([start, seconds]) => [start - 240, seconds]));
  const range = await score(recordings, NEW_YEAR - HOUR_MS, NEW_YEAR + HOUR_MS);
  const alone = await score(recordings, NEW_YEAR, NEW_YEAR + HOUR_MS);
  assert.equal(alone["2021/01/20210101_00.csv"], range["2021/01/20210101_00.csv"]);
  assert.ok(effortOf(alone["2021/01/20210101_00.csv"]) > 0);
});

Deno.test("hours scored at the same time give the bytes that they give one after the other", async () => {
  const recordings = files([[-3700, 20], [-20, 40], [3590, 30], [7300, 12]]);
  const [start, stop] = [NEW_YEAR - 2 * HOUR_MS, NEW_YEAR + 3 * HOUR_MS];
  assert.deepEqual(await score(recordings, start, stop, 3), await score(recordings, start, stop));
});
