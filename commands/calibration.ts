import { type Calibration, calibratorOf, parseCalibration } from "../analysis/evaluation/mod.ts";
import type { Calibrator } from "../pipeline/calls/mod.ts";
import type { CallArguments } from "./call_arguments.ts";
import { CONVENTION } from "./convention.ts";
import { readText } from "./read_text.ts";

/** What thresholds are compared with, and what is said of it. */
export interface Scale {
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
