import type { Annotation } from "./annotation.ts";
import type { Span } from "../event.ts";
import { rowFault } from "../../tables/row_fault.ts";

/** The first and the last year of four digits. */
const [FIRST_MS, LAST_MS] = [Date.parse("0000-01-01"), Date.parse("9999-12-31T23:59:59Z")];

/**
 * A row as an annotation, its times in whole milliseconds. A mark without length becomes one of
 * 1 ms, so that it lies in a second.
 *
 * @param name How to name the file in errors.
 * @param row What the row says; milliseconds may have fractions.
 * @throws {MegapteraError} `data` where it stops before it starts, or lies in no year of four digits.
 */
export function makeAnnotation(name: string, row: Annotation): Annotation {
  if (row.stopMs < row.startMs) {
    const late = ((row.startMs - row.stopMs) / 1000).toFixed(3);
    throw rowFault(name, row.line, `a call stops after it starts: it stops ${late} s before`);
  }
  checkYears(name, row.line, row);
  const startMs = Math.round(row.startMs);
  return { ...row, startMs, stopMs: Math.max(Math.round(row.stopMs), startMs + 1) };
}

/**
 * Checks that a span of a file lies in years that its rows can mean.
 *
 * @param name How to name the file in errors.
 * @param line Its line, from 1.
 * @param span Epoch milliseconds, of any size.
 * @throws {MegapteraError} `data` where it lies in no year of four digits.
 */
export function checkYears(name: string, line: number, { startMs, stopMs }: Span): void {
  if (startMs >= FIRST_MS && stopMs <= LAST_MS) return;
  const found = [startMs, stopMs].map((ms) => `${ms / 1000} s`).join(" to ");
  throw rowFault(name, line, `a time has a year of four digits: found ${found} after 1970`);
}
