import { HOUR_MS } from "../../core/mod.ts";
import { absentSpans, type Catalogue, runStopMs, timeline } from "../timeline/mod.ts";

/**
 * The catalogue that an hour is scored by where the audio of one of its recordings turned out bad
 * while it was read: that recording is a gap with its reason.
 *
 * @param catalogue The recordings.
 * @param uri Which of them is bad.
 * @param reason Why, in one sentence that names it.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @returns The rest; nothing where none of it lies in the hour.
 */
export function withoutRecording(
  catalogue: Catalogue,
  uri: string,
  reason: string,
  hourMs: number,
): Catalogue | undefined {
  const { entries, warnings, absent } = catalogue;
  const kept = entries.flatMap((entry, index) => entry.uri === uri ? [] : [index]);
  const rest = kept.map((index) => entries[index]);
  const isHeard = rest.some((entry) =>
    entry.startMs < hourMs + HOUR_MS && runStopMs(entry) > hourMs
  );
  if (!isHeard || kept.length === entries.length) return undefined;
  const bad = entries.filter((entry) => entry.uri === uri);
  return {
    entries: rest,
    timeline: timeline(rest),
    warnings: kept.map((index) => warnings[index]),
    absent: [...absent, ...absentSpans(bad, reason)],
    open: (entryIndex) => catalogue.open(kept[entryIndex]),
  };
}
