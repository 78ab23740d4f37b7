import assert from "node:assert/strict";
import { presenceCells, sensitivity } from "../../../analysis/presence/mod.ts";
import { findBouts } from "../../../pipeline/bouts/mod.ts";
import { plantHour } from "../../helpers/planted_scores.ts";
import { SeededRandom } from "../../helpers/seeded_random.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const START = Date.UTC(2021, 0, 1, 22);

Deno.test("every threshold's row is what bouts and presence give with that threshold", () =>
  withFolder(async (folder) => {
    const random = new SeededRandom(5);
    let level = 0;
    for (const hour of [0, 1, 3]) {
      await plantHour(folder, START + hour * 3_600_000, () => {
        if (random.below(60) === 0) level = random.below(8);
        return (level + random.below(3)) / 10;
      });
    }
    for (const row of await sensitivity(folder, { thresholds: [0.3, 0.8] })) {
      const { threshold } = row;
      const bouts = await Array.fromAsync(findBouts(folder, { threshold }));
      const cells = await Array.fromAsync(presenceCells(folder, { threshold }));
      assert.equal(row.bouts, bouts.length);
      const positive = cells.map(({ positiveSeconds }) => positiveSeconds ?? 0);
      assert.equal(row.positiveSeconds, positive.reduce((sum, seconds) => sum + seconds, 0));
      assert.equal(row.effortSeconds, 3 * 3600);
      assert.equal(row.hours, 3);
      assert.equal(row.presentHours, positive.filter((seconds) => seconds > 0).length);
    }
  }));
