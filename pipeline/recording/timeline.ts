import { checkEntries } from "./check_entries.ts";
import { durationOf, wholeFrames } from "./sample_clock.ts";
import type {
  ClockReset,
  Gap,
  Overlap,
  Run,
  Segment,
  Timeline,
  TimelineEntry,
} from "./timeline_types.ts";

/** Drift of the sample clock against the names past which it is set anew. */
const mostDriftMs = 1000;

/**
 * Joins recordings into runs of continuous samples.
 *
 * A file joins the one before it where its named start agrees with that file's named end (its
 * named start and its duration) within the coarser resolution of the two names, and the sample
 * rates are the same. The run's clock goes on counting samples; where the named start differs
 * from it by more than 1 s the clock is set anew there. Otherwise there is a gap, or an overlap,
 * in which the first file wins: of the later one, frames are skipped up to the first whole
 * millisecond that no earlier sample covers, so that every run starts at a whole millisecond.
 *
 * @param entries The recordings in any order; segments refer to their places here.
 * @returns Runs, and what lies between them.
 * @throws {MegapteraError} `usage` where one file is given twice.
 * @throws {RangeError} Where a start, rate or number of frames is not a whole number in range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timeline } from "./timeline.ts";
 * const rest = { sizeBytes: 32044, version: "", resolutionMs: 1, channels: 1 } as const;
 * const { runs, gaps } = timeline([
 *   { ...rest, uri: "file:///a.wav", startMs: 0, sampleRateHz: 16000, frames: 16000 },
 *   { ...rest, uri: "file:///b.wav", startMs: 1000, sampleRateHz: 16000, frames: 16000 },
 *   { ...rest, uri: "file:///c.wav", startMs: 5000, sampleRateHz: 16000, frames: 16000 },
 * ]);
 * assert.deepEqual(runs.map((run) => [run.startMs, run.frames]), [[0, 32000], [5000, 16000]]);
 * assert.deepEqual([gaps[0].startMs, gaps[0].stopMs], [2000, 5000]);
 * ```
 */
export function timeline(entries: readonly TimelineEntry[]): Timeline {
  checkEntries(entries);
  const order = entries.map((_, index) => index).sort((a, b) =>
    entries[a].startMs - entries[b].startMs || (entries[a].uri < entries[b].uri ? -1 : 1)
  );
  const builder = new TimelineBuilder(entries);
  for (const index of order) builder.add(index);
  return builder;
}

class TimelineBuilder implements Timeline {
  readonly runs: (Run & { frames: number; segments: Segment[] })[] = [];
  readonly gaps: Gap[] = [];
  readonly overlaps: Overlap[] = [];
  readonly clockResets: ClockReset[] = [];
  readonly #entries: readonly TimelineEntry[];
  /** The file that the last run ends with. */
  #last: TimelineEntry | undefined;

  constructor(entries: readonly TimelineEntry[]) {
    this.#entries = entries;
  }

  add(index: number): void {
    const entry = this.#entries[index];
    const run = this.runs.at(-1);
    const last = this.#last;
    if (run === undefined || last === undefined) return this.#startRun(index, entry.startMs, 0);

    const agreement = compareToEnd(entry, last, Math.max(entry.resolutionMs, last.resolutionMs));
    const isJoined = agreement === "agrees" && entry.sampleRateHz === run.sampleRateHz;
    if (isJoined && compareToEnd(entry, run, mostDriftMs) === "agrees") {
      return this.#extendRun(index);
    }

    // An earlier file wins by its own name's clock too, which may lie later than the run's.
    const namedEndMs = agreement === "before" ? endMs(last) : -Infinity;
    const coveredMs = Math.max(endMs(run), namedEndMs);
    const skip = wholeFrames(Math.max(0, coveredMs - entry.startMs), entry.sampleRateHz);
    const isLeft = skip.frames < entry.frames;
    if (isJoined && isLeft) {
      const drift = entry.startMs - run.startMs - durationOf(run.frames, run.sampleRateHz).ms;
      this.clockResets.push({ uri: entry.uri, atMs: entry.startMs, driftMs: drift });
    } else if (skip.frames > 0) {
      this.overlaps.push({
        firstUri: last.uri,
        secondUri: entry.uri,
        startMs: entry.startMs,
        stopMs: Math.min(coveredMs, endMs(entry)),
      });
    }
    if (!isLeft) return;
    const startMs = entry.startMs + skip.ms;
    if (startMs > endMs(run)) {
      const cause = isJoined ? "clock" : skip.frames > 0 ? "overlap" : "missing";
      const [afterUri, beforeUri] = [last.uri, entry.uri];
      this.gaps.push({ startMs: endMs(run), stopMs: startMs, afterUri, beforeUri, cause });
    }
    this.#startRun(index, startMs, skip.frames);
  }

  #startRun(entryIndex: number, startMs: number, skipped: number): void {
    const { sampleRateHz, frames: all, within } = this.#last = this.#entries[entryIndex];
    const frames = all - skipped;
    const entryFrame = (within?.firstFrame ?? 0) + skipped;
    const segments = [{ entryIndex, entryFrame, runFrame: 0, frames }];
    this.runs.push({ startMs, sampleRateHz, frames, segments });
  }

  #extendRun(entryIndex: number): void {
    const { frames, within } = this.#last = this.#entries[entryIndex];
    const run = this.runs[this.runs.length - 1];
    const entryFrame = within?.firstFrame ?? 0;
    run.segments.push({ entryIndex, entryFrame, runFrame: run.frames, frames });
    run.frames += frames;
  }
}

type Clock = Pick<Run, "startMs" | "sampleRateHz" | "frames">;

/** The first whole millisecond that is not covered. */
function endMs(clock: Clock): number {
  return clock.startMs + durationOf(clock.frames, clock.sampleRateHz).ceilMs;
}

/** Where an entry's named start lies beside the end of what came before. */
function compareToEnd(
  entry: TimelineEntry,
  before: Clock,
  toleranceMs: number,
): "before" | "agrees" | "after" {
  const { floorMs, ceilMs } = durationOf(before.frames, before.sampleRateHz);
  const spanMs = entry.startMs - before.startMs;
  if (spanMs - floorMs > toleranceMs) return "after";
  return ceilMs - spanMs > toleranceMs ? "before" : "agrees";
}
