import { formatUtc, VERSION } from "../../core/mod.ts";
import type { ScoredHour, ScoreSet } from "../../pipeline/scores/mod.ts";
import { type ParquetColumn, ParquetFile } from "./parquet_bouts.ts";

/** Hours of a group of rows: 86,400 rows, a day. */
const GROUP_HOURS = 24;

const COLUMNS: readonly ParquetColumn[] = [
  // 7 % larger than DELTA_BINARY_PACKED would make the file; PLAIN would make it 87 % larger.
  { name: "time", type: "TIMESTAMP", encoding: "BYTE_STREAM_SPLIT" },
  { name: "score", type: "DOUBLE", nullable: true },
];

/**
 * Writes all scores into one Parquet file: columns `time` (start of the second, UTC) and `score`
 * (null without effort), 3,600 rows for each hour that there is something of.
 *
 * @param set The scores.
 * @param path Where the file is to be; it appears whole or not at all.
 * @param onHour Told each hour that was read.
 * @returns How many rows.
 * @throws {MegapteraError} Where scores can't be read or taken, or the file can't be written.
 */
export async function exportScores(
  set: ScoreSet,
  path: string,
  onHour: (hour: ScoredHour) => void = () => {},
): Promise<number> {
  const file = await ParquetFile.open(path, COLUMNS);
  let rows = 0;
  let group: ScoredHour[] = [];
  const flush = async (): Promise<void> => {
    const times = new BigInt64Array(group.reduce((sum, { scores }) => sum + scores.length, 0));
    const scores: (number | null)[] = [];
    for (const hour of group) {
      for (const score of hour.scores) {
        times[scores.length] = BigInt(hour.hourMs + (scores.length % hour.scores.length) * 1000);
        scores.push(Number.isNaN(score) ? null : score);
      }
    }
    rows += scores.length;
    group = [];
    await file.addGroup([times, scores]);
  };
  try {
    for await (const hour of set.read()) {
      group.push(hour);
      onHour(hour);
      if (group.length === GROUP_HOURS) await flush();
    }
    await flush();
    const { origin, startMs, stopMs } = set;
    await file.commit(JSON.stringify({
      megaptera: VERSION,
      scores: set.name,
      start: formatUtc(startMs),
      stop: formatUtc(stopMs),
      windowSeconds: origin.windowSeconds,
      detectors: [...origin.detectors.keys()],
      notices: [...origin.notices],
      fingerprints: [...origin.fingerprints.keys()],
      hoursOfUnknownOrigin: origin.unknownHours,
    }));
  } finally {
    await file.close();
  }
  return rows;
}
