// deno-lint-ignore-file no-console
// Bouts, and presence per hour, of a folder of score files in one pass, in a process of its own:
// deno run … bench/year_presence.ts FOLDER MEDIAN
import process from "node:process";
import { CellGrid } from "../analysis/presence/cell_grid.ts";
import { PresenceBuilder } from "../analysis/presence/presence_cells.ts";
import { TimeZone } from "../core/time_zone.ts";
import { BoutFinder } from "../pipeline/bouts/bout_finder.ts";
import { BOUT_DEFAULTS } from "../pipeline/bouts/scan_scores.ts";
import { ScoreSet } from "../pipeline/scores/score_set.ts";

const [folder, median] = Deno.args;
const started = performance.now();
const set = await ScoreSet.open(folder);
const builder = new PresenceBuilder(
  new CellGrid("hour", new TimeZone("UTC")),
  set.startMs,
  set.stopMs,
  0.5,
);
let [bouts, boutSeconds] = [0, 0];
const finder = new BoutFinder({ ...BOUT_DEFAULTS, median: Number(median) }, {
  onEffort: (start, stop) => builder.onEffort(start, stop),
  onPositive: (start, stop) => builder.onPositive(start, stop),
  onBoutStart: (start) => builder.onBoutStart(start),
  onBout: ({ start, stop }) => {
    bouts++;
    boutSeconds += stop - start;
  },
});
const rows: number[][] = [];
const take = (settled?: number): void => {
  for (const { startMs, effortSeconds, positiveSeconds } of builder.take(settled)) {
    rows.push([startMs, effortSeconds, positiveSeconds ?? 0]);
  }
};
for await (const { hourMs, scores } of set.read()) {
  finder.push(hourMs / 1000, scores);
  take(finder.settled);
}
finder.finish();
take();
const seconds = (performance.now() - started) / 1000;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ seconds, peakMegabytes, bouts, boutSeconds, rows }));
