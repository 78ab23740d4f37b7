import { type Calibration, calibratorOf, parseCalibration } from "../analysis/evaluation/mod.ts";
import { type Calibrator, CALL_DEFAULTS, type CallOptions } from "../pipeline/calls/mod.ts";
import type { CallArguments } from "./call_arguments.ts";
import { readText } from "./text_files.ts";

/** What thresholds are compared with, and what is said of it. */
interface Scale {
  /** Nothing where it is the filtered score itself. */
  calibrator?: Calibrator;
  /** What that was learnt from, in a sentence; nothing likewise. */
  calibration?: string;
  /** Sentences. */
  notes: string[];
}

/**
 * What thresholds are compared with: the filtered score, or its probability by `--calibration`.
 *
 * @param options The command's options.
 * @returns The scale.
 * @throws {MegapteraError} `data` where the calibration can't be read.
 */
export async function scaleOf(
  { calibration: path, threshold, on }: CallArguments,
): Promise<Scale> {
  const convention = threshold === undefined && on === undefined ? [CONVENTION] : [];
  if (path === undefined) return { notes: convention };
  const fitted = parseCalibration(await readText(path), path);
  const calibration = sentenceOf(fitted, path);
  return {
    calibrator: calibratorOf(fitted),
    calibration,
    notes: [calibration, ...convention],
  };
}

function sentenceOf({ fittedOn, heldOut }: Calibration, path: string): string {
  const { hours, days, first, last } = fittedOn;
  return `Thresholds and the scores of calls are probabilities by ${path}, which was fitted to ` +
    `${hours} hours of ${days} days from ${first} to ${last} (Brier score of days left out: ` +
    `${heldOut.brier.toFixed(3)}); they hold for that site and season.`;
}

/** What is said wherever nobody chose a threshold. */
export const CONVENTION = `The threshold ${CALL_DEFAULTS.threshold} is a convention, no more: no ` +
  "threshold is right for every site; `calls --sensitivity` shows how the answer changes with it.";

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
