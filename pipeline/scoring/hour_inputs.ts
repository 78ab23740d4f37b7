import { formatUtc, HOUR_MS } from "../../core/mod.ts";
import { type Detector, type Recipe, samplesOf } from "../detector/mod.ts";
import { sourceName, UNKNOWN_VERSION } from "../places/mod.ts";
import { HOUR_BINS, type ManifestFile, type ManifestSegment } from "../scores/mod.ts";
import type { AbsentRecording, Catalogue, Run, Segment, TimelineEntry } from "../timeline/mod.ts";
import { DEAD_SECONDS } from "./piece.ts";

/** What an hour's scores are made from: part of its manifest, and of whether it is done. */
export interface HourInputs {
  /** Runs that the hour hears. */
  runs: Run[];
  files: ManifestFile[];
  segments: ManifestSegment[];
  notes: string[];
  /** Recordings that can't be had and may reach into the hour, in the order of their starts. */
  absent: AbsentRecording[];
}

/** Samples of the detector that its resampler's filters hear to each side, and a few more. */
const FILTER_SAMPLES = 100;

/** Computes the span of time that an hour's windows hear, with what filters need around it. */
function heardSpan(hourMs: number, recipe: Recipe, detector: Detector): [number, number] {
  if (recipe.clock === "nominal") return [hourMs, hourMs + HOUR_MS];
  const { frontEnd, sampleRateHz } = detector;
  const starts = recipe.windowStarts(HOUR_BINS, Infinity, sampleRateHz / frontEnd.hopSamples);
  const lastStart = starts[HOUR_BINS - 1] * frontEnd.hopSamples;
  const lastStop = lastStart + samplesOf(frontEnd, frontEnd.windowFrames);
  const heardMs = Math.ceil((lastStop * 1000) / sampleRateHz);
  // Filters and the search for dead audio hear a little more than the windows do.
  const marginMs = DEAD_SECONDS * 1000 + (FILTER_SAMPLES * 1000) / sampleRateHz;
  return [hourMs - marginMs, hourMs + heardMs + marginMs];
}

const overlaps = (span: { startMs: number; stopMs: number }, hourMs: number): boolean =>
  span.startMs < hourMs + HOUR_MS && span.stopMs > hourMs;

/**
 * Finds which spans of which recordings an hour is made from.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param catalogue The recordings.
 * @param recipe Decides how far the hour's windows reach.
 * @param detector Likewise.
 */
export function hourInputs(
  hourMs: number,
  catalogue: Catalogue,
  recipe: Recipe,
  detector: Detector,
): HourInputs {
  const [fromMs, toMs] = heardSpan(hourMs, recipe, detector);
  const { entries, timeline, warnings, absent } = catalogue;
  const used = new UsedFiles(entries);
  const inputs: HourInputs = { runs: [], files: [], segments: [], notes: [], absent: [] };
  const add = (run: Run, segment: Segment): boolean => {
    const cut = cutSegment(run, segment, fromMs, toMs);
    if (!cut) return false;
    inputs.segments.push({ file: used.add(segment.entryIndex), ...cut });
    return true;
  };
  for (const run of timeline.runs) {
    const heard = run.segments.filter((segment) => add(run, segment));
    if (heard.length > 0) inputs.runs.push(run);
  }
  inputs.files = used.indexes.map((index) => manifestFile(entries[index]));
  inputs.notes.push(...used.indexes.flatMap((index) => warnings[index]));
  inputs.notes.push(...unpinnedNotes(inputs.files));
  inputs.absent = absent
    .filter(({ startMs, stopMs = Infinity }) =>
      startMs < hourMs + HOUR_MS && stopMs > hourMs &&
      (stopMs < Infinity || startMs >= lastStartBefore(hourMs, timeline.runs))
    )
    .toSorted((a, b) => a.startMs - b.startMs);
  // Of a recording that tells when its stretches were recorded each stretch is absent.
  inputs.notes.push(...new Set(inputs.absent.map(({ reason }) => reason)));
  for (const { firstUri, secondUri, ...span } of timeline.overlaps) {
    if (!overlaps(span, hourMs)) continue;
    const [start, stop] = [formatUtc(span.startMs), formatUtc(span.stopMs)];
    inputs.notes.push(
      `${firstUri} and ${secondUri} overlap from ${start} to ${stop}: the first counts.`,
    );
  }
  for (const { uri, atMs, driftMs } of timeline.clockResets) {
    if (!overlaps({ startMs: atMs, stopMs: atMs + 1 }, hourMs)) continue;
    const drift = (driftMs / 1000).toFixed(3);
    inputs.notes.push(
      `The clock was set anew by ${uri} at ${formatUtc(atMs)}: it had drifted ${drift} s.`,
    );
  }
  return inputs;
}

/** The files that an hour hears: one a file, however many of its stretches are heard. */
class UsedFiles {
  /** Of each file's first entry that is heard. */
  readonly indexes: number[] = [];
  readonly #entries: readonly TimelineEntry[];
  readonly #places = new Map<string, number>();

  constructor(entries: readonly TimelineEntry[]) {
    this.#entries = entries;
  }

  /** @returns The place of an entry's file among those used. */
  add(entryIndex: number): number {
    const { uri } = this.#entries[entryIndex];
    const known = this.#places.get(uri);
    if (known !== undefined) return known;
    this.#places.set(uri, this.indexes.length);
    return this.indexes.push(entryIndex) - 1;
  }
}

/** Describes the file of an entry as manifests do. */
export function manifestFile(entry: TimelineEntry): ManifestFile {
  const { uri, sizeBytes, version, sampleRateHz, channels, isZoneAssumed } = entry;
  const { startMs, frames } = entry.within ?? entry;
  const file = { uri, sizeBytes, version, start: formatUtc(startMs), frames };
  const zone = isZoneAssumed ? { zoneAssumed: isZoneAssumed } : {};
  return { ...file, sampleRateHz, channels, ...zone };
}

/** Says of which recordings the server does not tell one version of a file from another. */
function unpinnedNotes(files: readonly ManifestFile[]): string[] {
  const unpinned = files.filter(({ version }) => version === UNKNOWN_VERSION);
  if (unpinned.length === 0) return [];
  const more = unpinned.length > 1 ? ` and ${unpinned.length - 1} more` : "";
  return [
    `The server of ${sourceName(unpinned[0])}${more} does not say of which version a file is ` +
    "(neither ETag nor Last-Modified): one that is replaced shows by its size and first bytes alone.",
  ];
}

/** Finds the start of the last run before an hour: what can't be read before it does not reach the hour. */
function lastStartBefore(hourMs: number, runs: readonly Run[]): number {
  return runs.findLast(({ startMs }) => startMs < hourMs)?.startMs ?? -Infinity;
}

/** Cuts out the part of a segment that lies in a span of time. */
function cutSegment(
  run: Run,
  segment: Segment,
  fromMs: number,
  toMs: number,
): Omit<ManifestSegment, "file"> | undefined {
  const msOf = (runFrame: number): number => run.startMs + (runFrame * 1000) / run.sampleRateHz;
  const frameOf = (ms: number): number => Math.ceil(((ms - run.startMs) * run.sampleRateHz) / 1000);
  const first = Math.max(segment.runFrame, frameOf(fromMs));
  const stop = Math.min(segment.runFrame + segment.frames, frameOf(toMs));
  if (stop <= first) return undefined;
  return {
    start: formatUtc(Math.round(msOf(first))),
    stop: formatUtc(Math.round(msOf(stop))),
    fileFrame: segment.entryFrame + first - segment.runFrame,
  };
}
