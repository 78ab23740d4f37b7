import { DAY_MS } from "../../../core/mod.ts";
import type { Catalogue } from "../catalogue.ts";
import { runStopMs } from "../run_stop_ms.ts";
import { timeline } from "../timeline.ts";

/** How far before a day recordings decide the clock of its samples. */
export const LOOK_BACK_MS = DAY_MS;
/** The day's last windows read on into the next day's recordings. */
export const LOOK_AHEAD_MS = 60_000;

/**
 * The part of a catalogue that a day's hours are scored by: the recordings that reach into the day,
 * the day before it, or the minute after it. Samples go on without a seam from one recording into
 * the next, on the clock of the first of them; were that clock kept from further back, an hour's
 * place would depend on where the range begins.
 *
 * @param catalogue All recordings, or more than enough of them.
 * @param dayMs Start of the day of UTC, epoch milliseconds.
 * @returns The day's catalogue.
 */
export function catalogueOfDay(catalogue: Catalogue, dayMs: number): Catalogue {
  const { entries, warnings, absent } = catalogue;
  const startMs = dayMs - LOOK_BACK_MS;
  const stopMs = dayMs + DAY_MS + LOOK_AHEAD_MS;
  const used = entries.flatMap((entry, index) =>
    entry.startMs < stopMs && runStopMs(entry) > startMs ? [index] : []
  );
  const mine = used.map((index) => entries[index]);
  return {
    entries: mine,
    timeline: used.length === entries.length ? catalogue.timeline : timeline(mine),
    warnings: used.map((index) => warnings[index]),
    absent: absent.filter((lost) => {
      const reaches = lost.stopMs === undefined ? lost.startMs >= startMs : lost.stopMs > startMs;
      return lost.startMs < stopMs && reaches;
    }),
    open: (entryIndex) => catalogue.open(used[entryIndex]),
  };
}
