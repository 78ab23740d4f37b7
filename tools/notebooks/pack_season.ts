/**
 * Makes the small season that the notebooks use, from a folder that `simulate` wrote:
 *
 *     cd notebooks && deno run --allow-read --allow-write=data ../tools/notebooks/pack_season.ts SCORES mars
 */
import { tableOfColumns } from "../../analysis/presence/mod.ts";
import { gather } from "../../analysis/report/mod.ts";
import { type PackedSeason, packMinutes } from "../../notebooks/kit/packed_minutes.ts";
import { BOUT_DEFAULTS } from "../../pipeline/bouts/mod.ts";
import { ScoreSet } from "../../pipeline/scores/score_set.ts";
import { findSite } from "../../pipeline/timeline/mod.ts";

const [folder, name] = Deno.args;
const set = await ScoreSet.open(folder);
const { minutes } = await gather(set, { ...BOUT_DEFAULTS, best: 0, random: 0, seed: 1 });
const { title, latitude, longitude } = findSite(name);
const about: PackedSeason = {
  notice: [...set.origin.notices].join("; "),
  site: { name, title, latitude, longitude },
  fingerprint: [...set.origin.fingerprints.keys()].join(", "),
  start: new Date(set.startMs).toISOString(),
  settings: { ...BOUT_DEFAULTS },
};
const path = `data/${name}-simulated`;
await Deno.writeTextFile(`${path}.json`, `${JSON.stringify(about, undefined, 2)}\n`);
const packed = new Blob([packMinutes(tableOfColumns(minutes))]).stream().pipeThrough(
  new CompressionStream("gzip"),
);
await Deno.writeFile(`${path}.csv.gz`, packed);
