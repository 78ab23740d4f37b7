import { MegapteraError } from "../../core/mod.ts";
import type { Calibrator, FilteredScores } from "../../pipeline/calls/mod.ts";
import type { Calibration } from "./calibration.ts";
import { logistic, logit } from "./logit.ts";

/**
 * What finds calls by the probability that one is there, rather than by the score: the option
 * `calibrator` of `findCalls`, `callsTable`, `presenceCells` and `presenceTable`.
 *
 * @param calibration What `evaluate --save-calibration` fitted.
 * @returns It turns filtered scores into probabilities, and refuses scores that were made or filtered
 * in another way than those that the calibration was fitted to.
 *
 * @example
 * ```ts
 * import { parseCalibration } from "./calibration.ts";
 * import { callsTable } from "../exports/calls_table.ts";
 * async function surely(scores: string, file: string) {
 *   const calibrator = calibratorOf(parseCalibration(await Deno.readTextFile(file), file));
 *   return await callsTable(scores, { calibrator, threshold: 0.9 });
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
