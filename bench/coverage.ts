// deno-lint-ignore-file no-console
// How often the intervals of analysis/ cover the truth, and how often its tests reject, where whales
// sing by several laws: `deno task coverage [SHARE] [SEED] [ONLY]`. SHARE is of 400 replicates each,
// 1 by default; ONLY is the beginning of a world's and a site's name, such as "own 65".
import { coverageText, summaryText } from "./coverage/coverage_text.ts";
import { type Line, runCampaign } from "./coverage/campaign.ts";
import { memoryText, weeksText } from "./coverage/long_records.ts";

const [share, seed] = [1, 1].map((value, i) => Number(Deno.args[i] ?? value));
const series = Math.round(400 * share);
console.log(`${series} replicates of each world at each site, seed ${seed}`);
const all: Line[] = [];
const only = Deno.args[2] === undefined ? undefined : [Deno.args[2]];
for (const lines of runCampaign({ series, seed, only })) {
  console.log(coverageText(lines));
  all.push(...lines);
}
console.log(summaryText(all));
if (only === undefined) {
  console.log(weeksText(series, seed));
  console.log(memoryText(series, seed));
}
