import { WholeFile } from "../analysis/exports/whole_file.ts";
import { PRESENCE_HEADER, presenceRow } from "../analysis/presence/presence_cell.ts";
import { presenceCells } from "../analysis/presence/presence_cells.ts";
import { TimeZone } from "../pipeline/recording/time_zone.ts";
import { ScoreSet } from "../pipeline/scoring/score_set.ts";
import { type PresenceArguments, thresholdsOf } from "./call_arguments.ts";
import { print, tell } from "./print.ts";
import { ReadingProgress } from "./reading_progress.ts";
import { tellNotes } from "./score_notes.ts";
import { CONVENTION } from "./convention.ts";

/** Lines that are printed at a time. */
const PRINTED_LINES = 1000;

/**
 * `presence SCORES`: effort and calling in every cell of the range.
 *
 * @returns The exit code, 0.
 */
export async function presence(
  folder: string,
  options: PresenceArguments,
  signal: AbortSignal,
): Promise<number> {
  const { out, by, zone, minEffort, median, edges, gap, min, nominalClock, mixed } = options;
  const thresholds = thresholdsOf(options);
  const timeZone = new TimeZone(zone);
  const set = await ScoreSet.open(folder, { nominalClock, mixed, signal });
  const progress = new ReadingProgress(set.hours);
  const file = out === undefined ? undefined : await WholeFile.open(out);
  const lines: string[] = [PRESENCE_HEADER];
  const flush = async (): Promise<void> => {
    const text = lines.splice(0).join("\n");
    if (file) await file.write(`${text}\n`);
    else print(text);
  };
  let [cells, effortSeconds, callSeconds] = [0, 0, 0];
  try {
    const settings = { ...thresholds, median, edges, gap, min };
    const onHour = (): void => progress.onHour();
    for await (const cell of presenceCells(set, { ...settings, by, zone, minEffort, onHour })) {
      lines.push(presenceRow(cell, timeZone));
      if (lines.length >= PRINTED_LINES) await flush();
      cells++;
      effortSeconds += cell.effortSeconds;
      callSeconds += cell.callSeconds ?? 0;
    }
    if (lines.length > 0) await flush();
    await file?.commit();
  } finally {
    progress.stop();
    await file?.close();
  }
  tellNotes(set);
  if (options.threshold === undefined && options.on === undefined) tell(`note: ${CONVENTION}`);
  tell(
    `${cells} cells (${by}, ${zone}): ${callSeconds} positive seconds in ${effortSeconds} seconds ` +
      `of effort${out === undefined ? "" : `: ${out}`}.`,
  );
  return 0;
}
