import type { Calibrator, CallOptions } from "../pipeline/calls/mod.ts";

/** Counts what scores are positive before they are filtered, and says what the filter takes. */
export class RawPositives {
  readonly #settings: Pick<CallOptions, "threshold" | "median" | "min">;
  readonly #calibrator: Calibrator | undefined;
  #seconds = 0;

  /**
   * @param settings How scores become calls.
   * @param calibrator What thresholds are compared with, where it is not the score.
   */
  constructor(
    settings: Pick<CallOptions, "threshold" | "median" | "min">,
    calibrator: Calibrator | undefined,
  ) {
    this.#settings = settings;
    this.#calibrator = calibrator;
  }

  /** Counts an hour's scores. */
  add(scores: Float64Array): void {
    const { threshold } = this.#settings;
    const apply = this.#calibrator?.apply;
    for (const score of scores) {
      if ((apply && score >= 0 ? apply(score) : score) >= threshold) this.#seconds++;
    }
  }

  /**
   * Says what median filter and least length leave of the seconds that reach the threshold.
   *
   * @param positiveSeconds Seconds that are positive after them.
   * @returns A sentence; none where hardly anything is lost.
   */
  notes(positiveSeconds: number): string[] {
    const { threshold, median, min } = this.#settings;
    if (positiveSeconds >= this.#seconds / 2) return [];
    const shortest = Math.ceil(median / 2);
    const advice = median > 1
      ? `a median of ${median} s takes calls that are shorter than ${shortest} s away, so try ` +
        "--median 1 if yours are"
      : `calls shorter than ${min} s are dropped (--min)`;
    return [
      `${this.#seconds} seconds of scores reach ${threshold}, and ${positiveSeconds} are left after ` +
      `the filter: ${advice}.`,
    ];
  }
}
