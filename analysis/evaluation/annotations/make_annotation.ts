import type { Annotation } from "./annotation.ts";
import { rowFault } from "../../tables/row_fault.ts";

/**
 * A row as an annotation, its times in whole milliseconds. A mark without length becomes one of
 * 1 ms, so that it lies in a second.
 *
 * @param name How to name the file in errors.
 * @param row What the row says; milliseconds may have fractions.
 * @throws {MegapteraError} `data` where it stops before it starts.
 */
export function makeAnnotation(name: string, row: Annotation): Annotation {
  if (row.stopMs < row.startMs) {
    const late = ((row.startMs - row.stopMs) / 1000).toFixed(3);
    throw rowFault(name, row.line, `a call stops after it starts: it stops ${late} s before`);
  }
  const startMs = Math.round(row.startMs);
  return { ...row, startMs, stopMs: Math.max(Math.round(row.stopMs), startMs + 1) };
}
