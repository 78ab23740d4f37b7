import { DAY_MS } from "../../core/mod.ts";
import type { Catalogue } from "./catalogue.ts";
import { runStopMs, timeline } from "./timeline.ts";

/**
 * Recordings of any number of days. Each day's hours are scored by a catalogue of its own, which is
 * made from that day's recordings and their neighbours alone: so that an hour scored alone, in a
 * range, or on another machine is placed by the same clock.
 */
export interface Archive {
  /** Sentences on what is left out of it. */
  readonly notes: readonly string[];
  /**
   * The catalogue that a day's hours are scored by.
   *
   * @param dayMs Start of a day of UTC, epoch milliseconds.
   * @throws {MegapteraError} Where it can't be made.
   */
  day(dayMs: number): Promise<Catalogue>;
  /** How many names of its recordings give no time zone, so that they were taken as UTC. */
  readonly zonelessNames: number;
}

/**
 * Makes an archive of recordings that are all known.
 *
 * @param catalogue Their catalogue.
 * @param notes What is left out of it.
 * @returns The archive; the last day's catalogue is kept.
 */
export function filesArchive(catalogue: Catalogue, notes: readonly string[] = []): Archive {
  let last: { dayMs: number; catalogue: Catalogue } | undefined;
  const zoneless = catalogue.entries.filter(({ isZoneAssumed }) => isZoneAssumed);
  return {
    zonelessNames: zoneless.length,
    notes,
    day: (dayMs) => {
      if (last?.dayMs !== dayMs) last = { dayMs, catalogue: catalogueOfDay(catalogue, dayMs) };
      return Promise.resolve(last.catalogue);
    },
  };
}

/** How far before a day recordings decide the clock of its samples. */
export const LOOK_BACK_MS = DAY_MS;
/** The day's last windows read on into the next day's recordings. */
export const LOOK_AHEAD_MS = 60_000;

/**
 * Cuts out of a catalogue the part that a day's hours are scored by: the recordings that reach into the day,
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
