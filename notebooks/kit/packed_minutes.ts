import { type ColumnTable, fromCSV, table } from "arquero";

const MINUTE_MS = 60_000;

/** Presence by minutes, packed: runs of minutes that are alike, and what they were made from. */
export interface PackedSeason {
  /** Shown with every result. */
  notice: string;
  site: { name: string; title: string; latitude: number; longitude: number };
  fingerprint: string;
  /** First minute (UTC), ISO. */
  start: string;
  /** The settings that made presence of scores. */
  settings: Record<string, number | string>;
}

/**
 * Packs presence by minutes as CSV: a row a run of minutes that are alike.
 *
 * @param minutes A presence table of minutes.
 * @returns Lines of `minutes,effort_s,call_s`.
 */
export function packMinutes(minutes: ColumnTable): string {
  const effort = minutes.array("effort_s") as ArrayLike<number>;
  const positive = minutes.array("call_s") as ArrayLike<number | null>;
  const lines = ["minutes,effort_s,call_s"];
  let from = 0;
  for (let at = 1; at <= effort.length; at++) {
    if (
      at < effort.length && effort[at] === effort[from] &&
      positive[at] === positive[from]
    ) continue;
    lines.push(`${at - from},${effort[from]},${positive[from] ?? 0}`);
    from = at;
  }
  return `${lines.join("\n")}\n`;
}

/**
 * Unpacks presence by minutes.
 *
 * @param csv What `packMinutes` wrote.
 * @param startMs The first minute, epoch milliseconds.
 * @returns A presence table of minutes.
 */
export function unpackMinutes(csv: string, startMs: number): ColumnTable {
  const runs = fromCSV(csv);
  const [lengths, efforts, bouts] = ["minutes", "effort_s", "call_s"]
    .map((name) => Array.from(runs.array(name) as ArrayLike<number>));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const effort = new Float64Array(total);
  const positive = new Float64Array(total);
  let at = 0;
  lengths.forEach((length, run) => {
    effort.fill(efforts[run], at, at + length);
    positive.fill(bouts[run], at, at + length);
    at += length;
  });
  const start = Float64Array.from(
    effort,
    (_, minute) => startMs + minute * MINUTE_MS,
  );
  return table({ start, effort_s: effort, call_s: positive });
}

/**
 * Presence by hours from presence by minutes.
 *
 * @param minutes A presence table of minutes that begins on an hour.
 * @returns A presence table of hours.
 */
export function hoursOfMinutes(minutes: ColumnTable): ColumnTable {
  const [start, effort, positive] = ["start", "effort_s", "call_s"]
    .map((name) => minutes.array(name) as ArrayLike<number>);
  const hours = Math.ceil(start.length / 60);
  const sums = (of: ArrayLike<number>): Float64Array => {
    const sum = new Float64Array(hours);
    for (let minute = 0; minute < of.length; minute++) {
      sum[Math.floor(minute / 60)] += of[minute];
    }
    return sum;
  };
  return table({
    start: Float64Array.from({ length: hours }, (_, hour) => start[hour * 60]),
    effort_s: sums(effort),
    call_s: sums(positive),
  });
}
