import { sensitivity, type SensitivityRow, thresholdsWith } from "../analysis/presence/mod.ts";
import { MegapteraError } from "../core/mod.ts";
import { callSettings } from "../pipeline/calls/mod.ts";
import { ScoreSet } from "../pipeline/scores/mod.ts";
import { scaleOf } from "./calibration.ts";
import type { CallArguments } from "./call_arguments.ts";
import { print } from "./print.ts";
import { ReadingProgress } from "./progress.ts";
import { accessOf, readingOf } from "./reading.ts";
import { tellNotes } from "./score_notes.ts";

/**
 * `calls SCORES --sensitivity`: how calls and presence change with the threshold.
 *
 * @returns The exit code, 0.
 */
export async function showSensitivity(
  folder: string,
  options: CallArguments,
  signal: AbortSignal,
): Promise<number> {
  const { threshold, on, off, median, edges, gap, min } = options;
  if (on !== undefined || off !== undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot vary the threshold as --on and --off fix it: leave them out beside --sensitivity.",
    );
  }
  const { calibrator, notes } = await scaleOf(options);
  using access = accessOf(options, signal);
  const set = await ScoreSet.open(folder, readingOf(options, access));
  const progress = new ReadingProgress(set.hours);
  const thresholds = thresholdsWith(threshold);
  const onHour = (): void => progress.onHour();
  try {
    const settings = await callSettings(set, { median, edges, gap, min });
    const rows = await sensitivity(set, { ...settings, calibrator, thresholds, onHour });
    progress.stop();
    print(
      "threshold     calls  calls/h effort   positive s  % of effort  hours with calls  % of hours",
    );
    for (const row of rows) print(lineOf(row));
  } finally {
    progress.stop();
  }
  tellNotes(set);
  for (const note of notes) print(note);
  return 0;
}

function lineOf(row: SensitivityRow): string {
  const { threshold, calls, positiveSeconds, effortSeconds, hours, presentHours } = row;
  const share = (part: number, whole: number): string =>
    whole === 0 ? "" : (100 * part / whole).toFixed(2);
  return [
    String(threshold).padStart(9),
    String(calls).padStart(10),
    (effortSeconds === 0 ? "" : (3600 * calls / effortSeconds).toFixed(3)).padStart(15),
    String(positiveSeconds).padStart(13),
    share(positiveSeconds, effortSeconds).padStart(13),
    `${presentHours} of ${hours}`.padStart(18),
    share(presentHours, hours).padStart(12),
  ].join("");
}
