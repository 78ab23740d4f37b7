import { z } from "zod";
import { MegapteraError, parseJson } from "../../core/mod.ts";
import { type Calibrator, EDGES, type FilteredScores } from "../../pipeline/bouts/mod.ts";
import { logistic, logit } from "../statistics/mod.ts";

const whole = z.int().min(0);
const share = z.number().min(0).max(1);

const calibrationSchema = z.strictObject({
  format: z.literal("megaptera-calibration/1"),
  /** Fingerprint of the scores; `null` for scores of unknown origin. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  /** Length of the median filter of the scores, in seconds. */
  medianSeconds: z.int().min(1),
  /** Edges that its window found beyond the ends of effort. */
  edges: z.enum(EDGES),
  /** Probability = logistic(intercept + slope · logit(score)). */
  intercept: z.number(),
  slope: z.number().positive(),
  fittedOn: z.strictObject({
    seconds: whole,
    positiveSeconds: whole,
    /** Different hours and days of UTC with seconds that count. */
    hours: whole,
    days: whole,
    /** Start of the first second, and of the last. */
    first: z.iso.datetime({ offset: false }),
    last: z.iso.datetime({ offset: false }),
  }),
  /** Akaike's criterion with no score, the score, and its logit; lower is better. */
  aic: z.strictObject({ null: z.number(), raw: z.number(), logit: z.number() }),
  /** Errors on days that were left out of the fit, each in its turn. */
  heldOut: z.strictObject({ brier: share, expectedCalibrationError: share }),
  /** The score of a probability, and the lower bound (one-sided 95 %) of the probability there. */
  thresholds: z.array(z.strictObject({
    probability: share,
    score: share.nullable(),
    lowerBound: share.nullable(),
  })),
});

/** From filtered scores to probabilities, and what that was learnt from. */
export type Calibration = z.infer<typeof calibrationSchema>;

/** Formats a calibration as the text of its file. */
export function formatCalibration(calibration: Calibration): string {
  return JSON.stringify(calibration, undefined, 2) + "\n";
}

/**
 * Reads a calibration.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The calibration.
 * @throws {MegapteraError} `data`, naming the file and the first field that is wrong.
 */
export function parseCalibration(text: string, name: string): Calibration {
  return parseJson(text, `the calibration ${name}`, calibrationSchema);
}

/**
 * Makes what finds bouts by the probability that one is there, rather than by the score: the option
 * `calibrator` of `findBouts`, `boutsTable`, `presenceCells` and `presenceTable`.
 *
 * @param calibration What `evaluate --save-calibration` fitted.
 * @returns It turns filtered scores into probabilities, and refuses scores that were made or filtered
 * in another way than those that the calibration was fitted to.
 *
 * @example
 * ```ts
 * import { parseCalibration } from "./calibration.ts";
 * import { boutsTable } from "../exports/bouts_table.ts";
 * async function surely(scores: string, file: string) {
 *   const calibrator = calibratorOf(parseCalibration(await Deno.readTextFile(file), file));
 *   return await boutsTable(scores, { calibrator, threshold: 0.9 });
 * }
 * ```
 */
export function calibratorOf(calibration: Calibration): Calibrator {
  const { intercept, slope } = calibration;
  return {
    check: (scores) => checkUse(calibration, scores),
    apply: (filtered) => logistic(intercept + slope * logit(filtered)),
  };
}

function checkUse(calibration: Calibration, scores: FilteredScores): void {
  const fault = (rule: string): MegapteraError =>
    new MegapteraError(
      "configuration",
      `Cannot use the calibration as it was fitted to scores ${rule}, or fit one to these with ` +
        "`evaluate --scores … --save-calibration`.",
    );
  const { medianSeconds, edges } = calibration;
  if (medianSeconds !== scores.medianSeconds) {
    throw fault(
      `with a median of ${medianSeconds} s and these have one of ${scores.medianSeconds} s: use the ` +
        "same --median",
    );
  }
  if (edges !== scores.edges) {
    throw fault(
      `with edges "${edges}" and these have "${scores.edges}": use the same --edges`,
    );
  }
  const [fitted, found] = [calibration.fingerprint, scores.fingerprint ?? null];
  if (fitted === found) return;
  const name = (fingerprint: string | null): string => fingerprint?.slice(0, 12) ?? "unknown";
  throw fault(
    `of another detector, recipe or gain: its fingerprint is ${
      name(fitted)
    }, that of these scores ` +
      `${name(found)}; use the calibration of these`,
  );
}

/**
 * Filtered scores as probabilities that a bout is there.
 *
 * @param filtered Filtered scores, 0 to 1; NaN without effort.
 * @param calibration What `evaluate --save-calibration` fitted.
 * @param use How the scores were made and filtered.
 * @returns Probabilities, as many; NaN stays.
 * @throws {MegapteraError} `configuration` where the calibration was fitted to scores that were
 * made or filtered another way.
 */
export function applyCalibration(
  filtered: ArrayLike<number>,
  calibration: Calibration,
  use: FilteredScores,
): Float64Array {
  const { check, apply } = calibratorOf(calibration);
  check(use);
  return Float64Array.from(filtered, apply);
}
