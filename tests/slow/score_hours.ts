// deno-lint-ignore-file no-console
// Presence by hour of made-up scores that no disk holds, in a process of its own, and its memory:
// deno run … tests/slow/score_hours.ts HOURS
import { presenceCells } from "../../analysis/presence/presence_cells.ts";
import { HOUR_MS } from "../../core/mod.ts";
import type { ReadableStorage, StoredFile } from "../../pipeline/places/storage.ts";
import { formatScoreCsv, hourPath } from "../../pipeline/scores/mod.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";

const START_MS = Date.UTC(2011, 0, 1);
const HEADER_BYTES = "timestamp,raw_score\n".length;
const ROW_BYTES = "2011-01-01T00:00:00Z,0.500000\n".length;
const hours = Number(Deno.args[0]);
const random = new SeededRandom(1);
let level = 0;
const scores = Float64Array.from({ length: 3600 }, () => {
  if (random.below(100) === 0) level = random.below(8);
  return (level + random.below(3)) / 10;
});
const template = new TextEncoder().encode(formatScoreCsv(START_MS, scores));

const storage: ReadableStorage = {
  name: "made up",
  isRemote: false,
  async *list(): AsyncGenerator<Pick<StoredFile, "path">> {
    for (let hour = 0; hour < hours; hour++) {
      yield { path: `${hourPath(START_MS + hour * HOUR_MS)}.csv` };
    }
  },
  readBytes: (path) => {
    const [, year, month, day, hour] = /(\d{4})(\d\d)(\d\d)_(\d\d)/.exec(path)!;
    const stamp = new TextEncoder().encode(`${year}-${month}-${day}T${hour}`);
    const bytes = template.slice();
    for (let at = HEADER_BYTES; at < bytes.length; at += ROW_BYTES) bytes.set(stamp, at);
    return Promise.resolve(bytes);
  },
};

// Looked at now and then: what the system calls the peak would begin with that of the process which
// started this one.
let [bouts, cells, peakBytes] = [0, 0, 0];
for await (const cell of presenceCells(storage)) {
  bouts += cell.bouts ?? 0;
  if (++cells % 100 === 0) peakBytes = Math.max(peakBytes, Deno.memoryUsage().rss);
}
const peakMegabytes = peakBytes / 2 ** 20;
console.log(JSON.stringify({ bouts, cells, peakMegabytes }));
