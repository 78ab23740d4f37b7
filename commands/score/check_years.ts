import { MegapteraError } from "../../core/mod.ts";
import { sourceName } from "../../pipeline/places/mod.ts";
import { type Catalogue, runStopMs } from "../../pipeline/timeline/mod.ts";

const YEAR_MS = 365.25 * 86_400_000;
const MOST_YEARS = 5;

/**
 * Refuses recordings with years between them: a recorder whose clock was never set counts from 1970
 * or 2000, and each hour from then on would get a manifest without audio.
 *
 * @param catalogue The recordings that are to be scored together.
 * @throws {MegapteraError} `data`, naming the two.
 */
export function checkYears({ entries, absent }: Pick<Catalogue, "entries" | "absent">): void {
  const recordings = [
    ...entries.map((entry) => ({ ...entry, stopMs: runStopMs(entry) })),
    ...absent,
  ].sort((a, b) => a.startMs - b.startMs);
  let [last] = recordings;
  for (const next of recordings) {
    const years = (next.startMs - (last.stopMs ?? last.startMs)) / YEAR_MS;
    if (years > MOST_YEARS) {
      throw new MegapteraError(
        "data",
        `Cannot score ${sourceName(last)} and ${sourceName(next)} together as ` +
          `${
            years.toFixed(0)
          } years without a recording lie between them: was the recorder's clock ` +
          "set? Leave out or rename what has a wrong time, or score what lies before and after by " +
          "itself.",
      );
    }
    if ((next.stopMs ?? next.startMs) > (last.stopMs ?? last.startMs)) last = next;
  }
}
