/** A span of frames, `[startFrame, stopFrame)`. */
export interface DeadSpan {
  readonly startFrame: number;
  readonly stopFrame: number;
}

/**
 * Finds dead audio: `minimumFrames` or more identical consecutive samples, as a hydrophone that
 * is unplugged or a file system that failed leaves them. Chunks of any size give what the whole
 * gives. What came before the first chunk is not known, so a streak that may have begun earlier
 * is found by pushing `minimumFrames − 1` frames of lead-in.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type DeadSpan, DeadSpanFinder } from "./dead_audio.ts";
 * const finder = new DeadSpanFinder(3);
 * finder.push(new Float32Array([0.1, 0.2, 0.2]), 0);
 * assert.equal(finder.finalUpTo, 1);
 * finder.push(new Float32Array([0.2, 0.3]), 3);
 * assert.equal(finder.finalUpTo, 4);
 * const spans: DeadSpan[] = finder.spansSoFar();
 * assert.deepEqual(spans, [{ startFrame: 1, stopFrame: 4 }]);
 * assert.equal(finder.deadFrames(0, 4), 3);
 * ```
 */
export class DeadSpanFinder {
  readonly #minimumFrames: number;
  readonly #spans: DeadSpan[] = [];
  #value = NaN;
  /** First frame of the streak that the last sample pushed belongs to. */
  #streakStart = 0;
  #end: number | undefined;
  #isFinished = false;

  /** @param minimumFrames How many identical samples are dead, an integer ≥ 2. */
  constructor(minimumFrames: number) {
    if (!Number.isInteger(minimumFrames) || minimumFrames < 2) {
      throw new RangeError(`minimumFrames must be an integer of 2 or more: ${minimumFrames}`);
    }
    this.#minimumFrames = minimumFrames;
  }

  /**
   * Takes the next samples.
   *
   * @param samples Samples without NaN, as read from the source.
   * @param startFrame Frame of the first of them: where the chunk before stopped.
   * @throws {RangeError} Where the chunk does not follow the one before, or `finish` was called.
   */
  push(samples: Float32Array, startFrame: number): void {
    if (this.#isFinished || startFrame !== (this.#end ?? startFrame)) {
      const expected = this.#isFinished ? "nothing" : `frame ${this.#end}`;
      throw new RangeError(`Cannot take samples from frame ${startFrame} as ${expected} follows`);
    }
    const count = samples.length;
    if (this.#end === undefined) this.#streakStart = startFrame;
    this.#end = startFrame + count;
    let streak = 0;
    while (streak < count && samples[streak] === this.#value) streak++;
    if (streak === count) return;
    this.#closeStreak(startFrame + streak);

    // Looking back from where a streak would be long enough leaves most samples unread, as
    // Boyer and Moore search in texts: what differs there rules out all streaks that contain it.
    const minimum = this.#minimumFrames;
    while (streak + minimum <= count) {
      const begin = beginOfStreak(samples, streak, streak + minimum - 1);
      if (begin === streak) {
        let stop = streak + minimum;
        while (stop < count && samples[stop] === samples[streak]) stop++;
        if (stop === count) break;
        this.#spans.push({ startFrame: startFrame + streak, stopFrame: startFrame + stop });
        streak = stop;
      } else {
        streak = begin;
      }
    }
    this.#streakStart = startFrame + beginOfStreak(samples, streak, count - 1);
    this.#value = samples[count - 1];
  }

  /** Says that no more samples follow: a streak still open counts where it is long enough. */
  finish(): void {
    if (this.#isFinished) return;
    this.#closeStreak(this.#end ?? 0);
    this.#isFinished = true;
  }

  /**
   * Frame up to which the answer will not change: at most `minimumFrames − 1` frames before the end
   * of what was pushed, and everything after `finish`.
   */
  get finalUpTo(): number {
    if (this.#isFinished) return Infinity;
    return this.#isOpenDead() ? this.#end! : this.#streakStart;
  }

  /**
   * Gives the spans found so far.
   *
   * @returns Dead spans in order, cut at `finalUpTo` where the last is still growing.
   */
  spansSoFar(): DeadSpan[] {
    if (this.#isFinished || !this.#isOpenDead()) return [...this.#spans];
    return [...this.#spans, { startFrame: this.#streakStart, stopFrame: this.#end! }];
  }

  /**
   * Counts the dead frames of a span.
   *
   * @param startFrame First frame.
   * @param stopFrame The frame after the last, ≤ `finalUpTo`.
   * @returns The number of frames, 0 where no dead span touches it.
   * @throws {RangeError} Where the answer is not final yet.
   */
  deadFrames(startFrame: number, stopFrame: number): number {
    if (stopFrame > this.finalUpTo) {
      const span = `[${startFrame}, ${stopFrame})`;
      throw new RangeError(`Cannot tell of ${span} yet: final up to frame ${this.finalUpTo}`);
    }
    let dead = 0;
    // From the end, since a scorer asks about what was pushed last.
    for (let i = this.#spans.length - 1; i >= 0 && this.#spans[i].stopFrame > startFrame; i--) {
      const span = this.#spans[i];
      const frames = Math.min(stopFrame, span.stopFrame) - Math.max(startFrame, span.startFrame);
      dead += Math.max(0, frames);
    }
    if (!this.#isFinished && this.#isOpenDead()) {
      dead += Math.max(0, stopFrame - Math.max(startFrame, this.#streakStart));
    }
    return dead;
  }

  #isOpenDead(): boolean {
    return this.#end !== undefined && this.#end - this.#streakStart >= this.#minimumFrames;
  }

  #closeStreak(stopFrame: number): void {
    if (stopFrame - this.#streakStart < this.#minimumFrames) return;
    this.#spans.push({ startFrame: this.#streakStart, stopFrame });
  }
}

/** Finds where the streak that a sample belongs to begins, not before `first`. */
function beginOfStreak(samples: Float32Array, first: number, index: number): number {
  const value = samples[index];
  while (index > first && samples[index - 1] === value) index--;
  return index;
}
