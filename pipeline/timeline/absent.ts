import { type KnownLength, SourceFault } from "../places/mod.ts";
import { runStopMs } from "./timeline.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/** A recording of which it is known when it starts, and whose audio can't be had. */
export interface AbsentRecording {
  readonly uri: string;
  readonly startMs: number;
  /** When it would end, where that is known without it; up to the next recording otherwise. */
  readonly stopMs?: number;
  /**
   * `unreadable`: it is there, but its header can't be read, or it lacks the channel, or the sample
   * rate that the detector needs; `missing`: there is no such file;
   * `forbidden`: it may not be read, or the server does not say whether it is there.
   */
  readonly kind: "unreadable" | "missing" | "forbidden";
  /** Why, in one sentence that names it. */
  readonly reason: string;
  /** ETag or time of change, of one that could be opened. */
  readonly version?: string;
}

/** A recording that can't be had, and what is known of its length. */
export type Absence = AbsentRecording & { readonly length?: KnownLength };

/**
 * Tells what kind of gap a recording is that could not be opened.
 *
 * @param error What opening it threw.
 * @returns The kind, and why; nothing where it is no gap but a fault that ends the run, as of the
 * network.
 */
export function absenceOf(
  error: unknown,
): Pick<Absence, "kind" | "reason" | "length"> | undefined {
  if (!(error instanceof SourceFault)) return undefined;
  const { reason: kind, message: reason, length } = error;
  return kind === "missing" || kind === "forbidden" || kind === "unreadable"
    ? { kind, reason, ...(length && { length }) }
    : undefined;
}

/**
 * Gives the spans of a recording that can be read and yet not be scored.
 *
 * @param entries The recording, or its stretches.
 * @param reason Why, in one sentence that names it.
 * @returns What takes their place in a catalogue.
 */
export function absentSpans(
  entries: readonly TimelineEntry[],
  reason: string,
): AbsentRecording[] {
  return entries.map((entry) => {
    const { uri, startMs, version } = entry;
    return { uri, startMs, stopMs: runStopMs(entry), kind: "unreadable", reason, version };
  });
}

/**
 * Tells how long recordings are that can't be read: as their headers say, or else by their size, as
 * the readable ones beside them; where they are too small to hold a second, as long as those usually
 * are. None reaches beyond where the next recording starts.
 *
 * @param absences What can't be had.
 * @param entries What can be read.
 * @returns The same with their ends, where they can be told.
 */
export function withStops(
  absences: readonly Absence[],
  entries: readonly TimelineEntry[],
): AbsentRecording[] {
  const starts = [...entries, ...absences].map(({ startMs }) => startMs).sort((a, b) => a - b);
  const kinds = Map.groupBy(entries.filter(({ within }) => !within), ({ uri }) => endingOf(uri));
  const usual = new Map([...kinds].map(([ending, alike]) => [ending, usualOf(alike)]));
  return absences.map(({ length, ...absent }) => {
    const ms = length && lengthMs(length, usual.get(endingOf(absent.uri)));
    if (absent.stopMs !== undefined || ms === undefined) return absent;
    const next = starts.find((startMs) => startMs > absent.startMs) ?? Infinity;
    return { ...absent, stopMs: Math.min(Math.ceil(absent.startMs + ms), next) };
  });
}

interface Usual {
  readonly ms: number;
  readonly bytesAMs: number;
}

function lengthMs(
  { sizeBytes, seconds }: KnownLength,
  usual: Usual | undefined,
): number | undefined {
  if (seconds !== undefined) return seconds * 1000;
  if (usual === undefined) return undefined;
  const ms = sizeBytes / usual.bytesAMs;
  return ms < 1000 ? usual.ms : ms;
}

/** Computes the median length of recordings, and the median of how many bytes a millisecond takes. */
function usualOf(entries: readonly TimelineEntry[]): Usual {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
  const lengths = entries.map((entry) => runStopMs(entry) - entry.startMs);
  return {
    ms: middle(lengths.slice()),
    bytesAMs: middle(entries.map(({ sizeBytes }, i) => sizeBytes / lengths[i])),
  };
}

function endingOf(uri: string): string {
  return uri.slice(uri.lastIndexOf(".")).toLowerCase();
}
