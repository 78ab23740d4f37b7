import { MegapteraError } from "../../core/mod.ts";
import { sourceName } from "../places/mod.ts";
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

/** Gives the first whole millisecond that is not covered. */
function endMs(clock: Clock): number {
  return clock.startMs + durationOf(clock.frames, clock.sampleRateHz).ceilMs;
}

/** Tells where an entry's named start lies beside the end of what came before. */
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

/** Of years with four digits, and a day less, as windows and days reach beyond a recording. */
const [FIRST_MS, LAST_MS] = [Date.parse("0000-01-02"), Date.parse("9999-12-31")];

/**
 * Checks what a timeline is to be made of.
 *
 * @param entries The recordings.
 * @throws {MegapteraError} `usage` where one file is given twice, `data` where one lies in no year of
 * four digits.
 * @throws {RangeError} Where a start, rate or number of frames is not a whole number in range.
 */
function checkEntries(entries: readonly TimelineEntry[]): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const { uri, startMs, sampleRateHz, frames, within } = entry;
    const isWhole = [startMs, sampleRateHz, frames].every(Number.isSafeInteger);
    if (!isWhole || sampleRateHz < 1 || frames < 1) {
      const found = `start ${startMs} ms, ${sampleRateHz} Hz, ${frames} frames`;
      throw new RangeError(`Cannot place ${uri} as its numbers are out of range: ${found}`);
    }
    const spanMs = [startMs, startMs + (frames * 1000) / sampleRateHz];
    if (spanMs[0] < FIRST_MS || spanMs[1] > LAST_MS) {
      const found = spanMs.map((ms) => formatSpan(ms)).join(" to ");
      throw new MegapteraError(
        "data",
        `Cannot place ${
          sourceName(entry)
        } as times here have years of four digits: by its start and ` +
          `length it lasts from ${found}.`,
      );
    }
    const part = `${uri} ${within?.firstFrame ?? 0}`;
    if (seen.has(part)) {
      throw new MegapteraError(
        "usage",
        `Cannot use ${sourceName(entry)} twice: ${uri} is given more than once.`,
      );
    }
    seen.add(part);
  }
}

/** Formats a time whatever its year. */
function formatSpan(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms after 1970`;
}

/**
 * Computes how long frames last, in whole milliseconds and what is left over, exactly.
 *
 * @param frames Number of frames, an integer ≥ 0.
 * @param sampleRateHz Sample rate in Hz, an integer > 0.
 * @returns `floorMs` and `ceilMs`: the duration rounded down and up, and `ms`: the nearest double.
 */
export function durationOf(
  frames: number,
  sampleRateHz: number,
): { floorMs: number; ceilMs: number; ms: number } {
  // Whole seconds apart, since frames * 1000 is not exact for years of audio at high rates.
  const wholeMs = Math.floor(frames / sampleRateHz) * 1000;
  const rest = (frames % sampleRateHz) * 1000 / sampleRateHz;
  return {
    floorMs: wholeMs + Math.floor(rest),
    ceilMs: wholeMs + Math.ceil(rest),
    ms: wholeMs + rest,
  };
}

/**
 * The fewest frames that last a whole number of milliseconds, at least as many as asked for.
 *
 * @param ms Milliseconds, an integer ≥ 0.
 * @param sampleRateHz Sample rate in Hz, an integer > 0.
 * @returns The frames, and the milliseconds that they last, `≥ ms`. For rates that are whole kHz
 * the milliseconds are just those asked for; at 44100 Hz they are a multiple of 10.
 */
export function wholeFrames(ms: number, sampleRateHz: number): { frames: number; ms: number } {
  const stepMs = 1000 / greatestCommonDivisor(1000, sampleRateHz);
  const steps = Math.ceil(ms / stepMs);
  return { frames: steps * (stepMs * sampleRateHz / 1000), ms: steps * stepMs };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Computes when a run ends.
 *
 * @param run The run.
 * @returns Time after its last frame, epoch milliseconds; a fraction where the rate makes one.
 */
export function runStopMs(run: Pick<Run, "startMs" | "frames" | "sampleRateHz">): number {
  return run.startMs + durationOf(run.frames, run.sampleRateHz).ms;
}
