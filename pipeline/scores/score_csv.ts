import { formatUtc, HOUR_MS, MegapteraError } from "../../core/mod.ts";
import { HOUR_BINS } from "./hour.ts";

const HEADER = "timestamp,raw_score";

/**
 * Writes an hour's scores as the text of its file: header `timestamp,raw_score`, then 3,600 rows
 * such as `2021-01-01T00:00:00Z,0.012345`; a bin without effort has an empty score.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param scores `[3600]`, 0 to 1; NaN where there is no effort.
 * @returns The text, ending in a line feed.
 * @throws {RangeError} Where a score is outside 0 to 1, or their number is not 3,600.
 */
export function formatScoreCsv(hourMs: number, scores: ArrayLike<number>): string {
  if (scores.length !== HOUR_BINS) {
    throw new RangeError(`Cannot write an hour of ${scores.length} scores: it has ${HOUR_BINS}`);
  }
  const day = formatUtc(hourMs).slice(0, "2021-01-01T00:".length);
  const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));
  const rows = [HEADER];
  for (let bin = 0; bin < HOUR_BINS; bin++) {
    const score = scores[bin];
    if (score < 0 || score > 1) {
      throw new RangeError(
        `Cannot write the score of second ${bin} as it is not in 0 to 1: ${score}`,
      );
    }
    const text = Number.isNaN(score) ? "" : score.toFixed(6);
    rows.push(`${day}${two[Math.floor(bin / 60)]}:${two[bin % 60]}Z,${text}`);
  }
  return rows.join("\n") + "\n";
}

/** Content of an hour's score file. */
export interface ScoreRows {
  /** Start of the hour, epoch milliseconds. */
  hourMs: number;
  /** `[3600]`, 0 to 1; NaN where there is no effort. */
  scores: Float64Array;
}

// Ours, and the earlier Python pipeline's `2021-01-01 00:00:00` without a zone, which is UTC.
const STAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)Z?$/;
const SCORE = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * Reads a score as a row of a file has it.
 *
 * @param text What follows the comma.
 * @returns 0 to 1, NaN where it is empty (no effort); nothing where it is no score.
 */
export function parseScore(text: string): number | undefined {
  if (text === "") return NaN;
  const value = SCORE.test(text) ? Number(text) : NaN;
  return value >= 0 && value <= 1 ? value : undefined;
}

/**
 * Reads an hour's scores: this project's files and the earlier Python pipeline's (stamps such as
 * `2021-01-01 00:00:00`, CRLF). Strict: 3,600 rows, a second apart, from the top of an hour.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The hour and its scores.
 * @throws {MegapteraError} `data`, naming the file and the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = formatScoreCsv(0, new Float64Array(3600));
 * assert(parseScoreCsv(text, "19700101_00.csv").hourMs === 0);
 * ```
 */
export function parseScoreCsv(text: string, name: string): ScoreRows {
  const fault = (line: number, rule: string): MegapteraError =>
    new MegapteraError("data", `Cannot read ${name} line ${line} as ${rule}.`);
  // Line by line, as most files that are wrong are so early.
  let at = 0;
  const nextLine = (): string | undefined => {
    if (at >= text.length) return undefined;
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    return line.replace(/\r$/, "");
  };
  const header = nextLine() ?? "";
  if (header !== HEADER) {
    throw fault(1, `an hour of scores begins with "${HEADER}": found "${header.slice(0, 60)}"`);
  }
  const scores = new Float64Array(HOUR_BINS);
  let hourMs = NaN;
  let bin = 0;
  for (let line = nextLine(); line !== undefined; line = nextLine(), bin++) {
    const shown = `"${line.slice(0, 60)}"`;
    const [stamp, score, ...more] = line.split(",");
    const parts = STAMP.exec(stamp);
    if (score === undefined || more.length > 0 || !parts) {
      throw fault(bin + 2, `a row is a time and a score: found ${shown}`);
    }
    if (bin >= HOUR_BINS) {
      throw fault(bin + 2, `an hour has ${HOUR_BINS} rows: found one more, ${shown}`);
    }
    const ms = Date.parse(`${parts[1]}T${parts[2]}Z`);
    if (bin === 0) hourMs = ms;
    if (ms !== hourMs + bin * 1000 || hourMs % HOUR_MS !== 0) {
      const expected = bin === 0 ? "the top of an hour" : formatUtc(hourMs + bin * 1000);
      throw fault(
        bin + 2,
        `rows are a second apart from the top of an hour: expected ${expected}, found ${stamp}`,
      );
    }
    const value = parseScore(score);
    if (value === undefined) {
      throw fault(
        bin + 2,
        `a score is empty or a number from 0 to 1: found "${score.slice(0, 60)}"`,
      );
    }
    scores[bin] = value;
  }
  if (bin !== HOUR_BINS) {
    throw fault(bin + 1, `an hour has ${HOUR_BINS} rows: the file ends after ${bin}`);
  }
  return { hourMs, scores };
}
