import { hoursBetween } from "../scores/mod.ts";
import { type Archive, type Catalogue, filesArchive, runStopMs } from "../timeline/mod.ts";

/** Hours of the day (UTC), `[from, to)`. */
export interface HoursOfDay {
  from: number;
  to: number;
}

/**
 * The hours that the recordings of a catalogue touch, first to last; those that can't be had too,
 * so that an hour says of each why it is not scored.
 *
 * @param catalogue The recordings.
 * @param hoursOfDay Which hours of the day are wanted; all by default.
 * @returns Starts of the hours, ascending, those without audio between others included.
 */
export function hoursOf(
  { timeline: { runs }, absent }: Pick<Catalogue, "timeline" | "absent">,
  hoursOfDay?: HoursOfDay,
): number[] {
  // Of one whose end is not known the hour that it starts in.
  const spans = [
    ...runs.map((run) => ({ startMs: run.startMs, stopMs: runStopMs(run) })),
    ...absent.map(({ startMs, stopMs = startMs + 1 }) => ({ startMs, stopMs })),
  ];
  if (spans.length === 0) return [];
  const [startMs, stopMs] = spans.reduce(
    ([first, last], span) => [Math.min(first, span.startMs), Math.max(last, span.stopMs)],
    [Infinity, -Infinity],
  );
  return hoursWithin(startMs, stopMs, hoursOfDay);
}

/**
 * The hours that a span of time touches.
 *
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @param hoursOfDay Which hours of the day are wanted; all by default.
 * @returns Starts of the hours, ascending.
 */
export function hoursWithin(startMs: number, stopMs: number, hoursOfDay?: HoursOfDay): number[] {
  const { from, to } = hoursOfDay ?? { from: 0, to: 24 };
  const hourOfDay = (hourMs: number): number => new Date(hourMs).getUTCHours();
  return hoursBetween(startMs, stopMs)
    .filter((hourMs) => hourOfDay(hourMs) >= from && hourOfDay(hourMs) < to);
}

/**
 * All that a catalogue holds, as a range to score.
 *
 * @param catalogue The recordings.
 * @param hoursOfDay Which hours of the day are wanted; all by default.
 * @returns Its archive and its hours.
 */
export function wholeCatalogue(
  catalogue: Catalogue,
  hoursOfDay?: HoursOfDay,
): { archive: Archive; hours: number[] } {
  return { archive: filesArchive(catalogue), hours: hoursOf(catalogue, hoursOfDay) };
}
