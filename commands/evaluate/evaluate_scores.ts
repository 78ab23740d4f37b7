import {
  type Agreement,
  averagePrecision,
  fitCalibration,
  formatCalibration,
  psds,
  type ScoreRun,
  secondItems,
  targetThreshold,
  type ThresholdRow,
  thresholdTable,
} from "../../analysis/evaluation/mod.ts";
import { MegapteraError, type Span } from "../../core/mod.ts";
import type { BoutOptions, Edges } from "../../pipeline/bouts/mod.ts";
import { writeText } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { print } from "../print.ts";

const THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/** Options that say how scores are judged. */
export interface JudgingArguments {
  /** Seconds. */
  collar: number;
  precision?: number;
  recall?: number;
  saveCalibration?: string;
}

/** Scores around annotated time. */
export interface LoadedScores {
  /** The set that they were read from. */
  set: ScoreSet;
  /** Filtered scores, hours that follow each other together. */
  runs: ScoreRun[];
  /** The settings by which scores become bouts. */
  settings: Pick<BoutOptions, "median" | "edges" | "gap" | "min"> & { edges: Edges };
  /** From a bin's own centre to that of the audio it hears, whole milliseconds. */
  shiftMs: number;
}

/** Prints how scores rank seconds and how bouts would agree by threshold; saves a calibration if asked. */
export async function evaluateScores(
  loaded: LoadedScores,
  bouts: readonly Span[],
  covered: readonly Span[],
  options: JudgingArguments,
): Promise<void> {
  const { set, runs, shiftMs, settings: { median, edges, gap, min } } = loaded;
  const { collar, precision, recall } = options;
  const items = secondItems(runs, bouts, covered, shiftMs);
  const positives = items.positive.filter(Boolean).length;
  print();
  print(
    `Scores: ${items.positive.length} seconds with a score, ${positives} of them with a bout; ` +
      `median ${median} s, gap ${gap} s, min ${min} s.`,
  );
  print(`Average precision of seconds: ${share(averagePrecision(items.scores, items.positive))}`);
  const rows = thresholdTable(runs, bouts, covered, {
    thresholds: THRESHOLDS,
    gapSeconds: gap,
    minSeconds: min,
    shiftMs,
    collarMs: collar * 1000,
  });
  if (positives > 0) print(`PSDS up to 100 false alarms/h: ${share(psds(rows))}`);
  print();
  printTable(rows);
  print();
  if (precision !== undefined) printTarget("precision", precision);
  if (recall !== undefined) printTarget("recall", recall);
  if (options.saveCalibration === undefined) return;
  const calibration = fitCalibration(items, {
    fingerprint: onlyFingerprint(set),
    medianSeconds: median,
    edges,
  });
  await writeText(options.saveCalibration, formatCalibration(calibration));
  for (const { probability, score, lowerBound } of calibration.thresholds) {
    print(
      `probability ${probability}: score ${share(score ?? NaN)}; the true probability there is ` +
        `at least ${share(lowerBound ?? NaN)} (one-sided 95 %)`,
    );
  }
  if (calibration.aic.raw < calibration.aic.logit) {
    print(
      "By AIC the score itself would fit better than its logit: the curve may be wrong near 0 and 1.",
    );
  }
  print(`Calibration saved to ${options.saveCalibration}.`);

  function printTarget(measure: "precision" | "recall", wanted: number): void {
    const found = targetThreshold(items, { measure, share: wanted });
    if (!found) {
      print(`No threshold reaches a ${measure} of ${wanted} of seconds.`);
      return;
    }
    const bound = Number.isNaN(found.lowerBound)
      ? `no lower bound from ${found.days} days (it needs 6)`
      : `lower bound ${share(found.lowerBound)} from ${found.days} days`;
    print(
      `Threshold for a ${measure} of ${wanted}: ${found.threshold.toFixed(3)} (precision ` +
        `${share(found.precision)}, recall ${share(found.recall)}; ${bound}).`,
    );
  }
}

/** Finds the one fingerprint of all scores; nothing where all are of unknown origin. */
function onlyFingerprint({ origin, name }: ScoreSet): string | undefined {
  const kinds = origin.fingerprints.size + (origin.unknownHours > 0 ? 1 : 0);
  if (kinds === 1) return [...origin.fingerprints.keys()][0];
  throw new MegapteraError(
    "data",
    `Cannot calibrate the scores in ${name} as those of the annotated time were made in ${kinds} ` +
      "different ways (fingerprints, or unknown origin): calibrate each kind by itself.",
  );
}

function printTable(rows: readonly ThresholdRow[]): void {
  print("           seconds                    events                     intersection");
  print("threshold  precision  recall     F1   precision  recall     F1   recall   false/h");
  for (const { threshold, seconds, events, recall, falsePerHour } of rows) {
    const rates = [seconds, events].map((rate) =>
      `${share(rate.precision).padStart(9)} ${share(rate.recall).padStart(7)} ` +
      share(rate.f1).padStart(6)
    );
    print(
      `${String(threshold).padEnd(9)}  ${rates.join("   ")}  ${share(recall).padStart(7)} ` +
        falsePerHour.toFixed(2).padStart(9),
    );
  }
}

/** Formats a share with three decimals; a dash where there is nothing to divide by. */
function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "-";
}

/** Prints how bouts and annotations agree, a row a measure. */
export function printAgreement(rows: readonly Agreement[]): void {
  print("measure                   right   false  missed  precision  recall     F1  false/h");
  for (const row of rows) {
    const cells = [
      row.measure.padEnd(24),
      String(row.truePositives).padStart(6),
      String(row.falsePositives).padStart(7),
      String(row.falseNegatives).padStart(7),
      share(row.precision).padStart(10),
      share(row.recall).padStart(7),
      share(row.f1).padStart(6),
      row.falsePerHour.toFixed(2).padStart(8),
    ];
    print(cells.join(" "));
  }
}
