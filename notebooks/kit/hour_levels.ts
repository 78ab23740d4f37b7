import { HOUR_MS } from "../../core/mod.ts";
import { MEL_BANDS } from "../../pipeline/detector/mod.ts";
import { melLevels } from "../../pipeline/scoring/mod.ts";
import type { Catalogue } from "../../pipeline/timeline/mod.ts";

/** What a column of the picture stands for. */
const COLUMN_MS = 3_000;
const COLUMNS = HOUR_MS / COLUMN_MS;

/**
 * The mel levels of an hour, whether the recording fills it, begins in it or goes on after it.
 *
 * @param catalogue The recordings.
 * @param detectorRateHz Rate that the front end takes, in Hz.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @returns Levels in dB, `[1200, 64]`; the lowest level where there is no recording.
 */
export async function hourLevels(
  catalogue: Catalogue,
  detectorRateHz: number,
  hourMs: number,
): Promise<Float32Array> {
  const levels = await melLevels(catalogue, detectorRateHz);
  const lowest = levels.reduce((least, level) => Math.min(least, level), Infinity);
  const hour = new Float32Array(COLUMNS * MEL_BANDS).fill(lowest);
  const after = Math.round((catalogue.timeline.runs[0].startMs - hourMs) / COLUMN_MS);
  const [from, to] = [Math.max(0, -after), Math.min(levels.length / MEL_BANDS, COLUMNS - after)];
  hour.set(levels.subarray(from * MEL_BANDS, to * MEL_BANDS), (from + after) * MEL_BANDS);
  return hour;
}
