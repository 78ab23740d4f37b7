import type { ColumnTable } from "arquero";
import { type PresenceCell, presenceCells } from "../../analysis/presence/mod.ts";
import { ScoreStore } from "../../pipeline/scores/mod.ts";
import { simulateRange } from "../../simulation/season/mod.ts";
import { presenceTable } from "../helpers/presence_table.ts";
import { MARS } from "../helpers/simulated_presence.ts";

/**
 * Simulates months of score files, and reads presence by minutes from them, one month at a time.
 *
 * @param seed The simulation's seed.
 * @param months Starts of the months, and the end of the last.
 */
export async function simulatedMinutes(
  seed: number,
  months: readonly number[],
): Promise<ColumnTable> {
  const cells: PresenceCell[] = [];
  for (let month = 1; month < months.length; month++) {
    const folder = await Deno.makeTempDir();
    try {
      const [startMs, stopMs] = [months[month - 1], months[month]];
      const store = new ScoreStore(folder);
      await simulateRange({ site: MARS, seed, startMs, stopMs, store });
      for await (const cell of presenceCells(folder, { by: "minute" })) cells.push(cell);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  return presenceTable(
    months[0],
    cells.length,
    60,
    (_, cell) => [cells[cell].effortSeconds, cells[cell].positiveSeconds ?? 0],
  );
}
