import type { ColumnTable } from "arquero";
import { simulateRange } from "../../analysis/simulation/mod.ts";
import { medianFilter } from "../../pipeline/calls/mod.ts";
import { readScores, ScoreStore } from "../../pipeline/scoring/mod.ts";
import { type Cell, presenceTable } from "../helpers/presence_table.ts";
import { MARS } from "../helpers/simulated_presence.ts";

const THRESHOLD = 0.5;

/**
 * Simulates months of score files, reads them back one month at a time, and counts song by minutes
 * after the median filter.
 *
 * @param seed The simulation's seed.
 * @param months Starts of the months, and the end of the last.
 */
export async function simulatedMinutes(
  seed: number,
  months: readonly number[],
): Promise<ColumnTable> {
  const cells: Cell[] = [];
  for (let month = 1; month < months.length; month++) {
    const folder = await Deno.makeTempDir();
    try {
      const [startMs, stopMs] = [months[month - 1], months[month]];
      const store = new ScoreStore(folder);
      await simulateRange({ site: MARS, seed, startMs, stopMs, store });
      for await (const { scores } of readScores(folder)) cells.push(...minutesOf(scores));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  return presenceTable(months[0], cells.length, 60, (_, cell) => cells[cell]);
}

function minutesOf(scores: Float64Array): Cell[] {
  const filtered = medianFilter(scores);
  return Array.from({ length: 60 }, (_, minute) => {
    const seconds = filtered.subarray(60 * minute, 60 * minute + 60);
    return [
      seconds.reduce((sum, score) => Number.isNaN(score) ? sum : sum + 1, 0),
      seconds.reduce((sum, score) => score >= THRESHOLD ? sum + 1 : sum, 0),
    ];
  });
}
