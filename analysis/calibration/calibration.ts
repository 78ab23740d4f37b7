import { z } from "zod";
import { parseJson } from "../../core/mod.ts";
import { EDGES } from "../../pipeline/calls/mod.ts";

const whole = z.int().min(0);
const share = z.number().min(0).max(1);

const calibrationSchema = z.strictObject({
  format: z.literal("megaptera-calibration/1"),
  /** Fingerprint of the scores; `null` for scores of unknown origin. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  /** Length of the median filter of the scores, in seconds. */
  medianSeconds: z.int().min(1),
  /** What its window found beyond the ends of effort. */
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
  /** Of days that were left out of the fit, each in its turn. */
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

/** The calibration as the text of its file. */
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
