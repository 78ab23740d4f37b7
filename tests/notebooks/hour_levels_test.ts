import assert from "node:assert/strict";
import { join } from "node:path";
import wavefile from "wavefile";
import { hourLevels } from "../../notebooks/kit/hour_levels.ts";
import { catalogueFiles } from "../../pipeline/timeline/mod.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const HOUR_MS = Date.UTC(2021, 0, 1);
const RATE_HZ = 10_000;

Deno.test("a recording that crosses the hour lies in the picture of each hour where it was heard", () =>
  withFolder(async (folder) => {
    const wav = new wavefile.WaveFile();
    const tone = Int16Array.from({ length: 60 * RATE_HZ }, (_, i) => 9000 * Math.sin(i / 3));
    wav.fromScratch(1, RATE_HZ, "16", tone);
    const path = join(folder, "OWN-20210101T005930Z.wav");
    await Deno.writeFile(path, wav.toBuffer());
    const catalogue = await catalogueFiles([path]);
    const loudColumns = async (hourMs: number): Promise<number[]> => {
      const levels = await hourLevels(catalogue, RATE_HZ, hourMs);
      const lowest = levels.reduce((least, level) => Math.min(least, level), Infinity);
      const columns = Array.from({ length: levels.length / 64 }, (_, column) => column);
      assert.equal(columns.length, 1200);
      return columns.filter((column) =>
        levels.subarray(column * 64, column * 64 + 64).some((level) => level > lowest + 1)
      );
    };
    const [first, second] = [await loudColumns(HOUR_MS), await loudColumns(HOUR_MS + 3_600_000)];
    assert.deepEqual([first[0], first.at(-1)], [1190, 1199]);
    assert.equal(second[0], 0);
    assert.ok(second.length >= 8 && second.length <= 10);
  }));
