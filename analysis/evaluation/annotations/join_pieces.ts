import type { Annotation } from "./annotation.ts";

/** Recordings that follow each other may be so far off by their names, which have whole seconds. */
const NAMES_MS = 1000;

/** A row of a Raven table, and the number of the call that it is of; empty where it has none. */
export interface CallPiece {
  call: string;
  mark: Annotation;
}

/**
 * Makes one mark again of the rows that `calls` writes for a call which runs through several
 * recordings: rows that follow each other with the same number in the column `Call`, one beginning
 * where the other stops. What a person moved apart since stays apart.
 *
 * @param pieces The rows, in the order of the table.
 * @returns The marks; each has the score, label and line of its first row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const mark = (startMs: number, stopMs: number) => ({ startMs, stopMs, label: "", line: 1 });
 * const pieces = [{ call: "1", mark: mark(0, 9000) }, { call: "1", mark: mark(9000, 12_000) }];
 * assert.deepEqual(joinPieces(pieces), [mark(0, 12_000)]);
 * ```
 */
export function joinPieces(pieces: readonly CallPiece[]): Annotation[] {
  const marks: Annotation[] = [];
  let before = "";
  for (const { call, mark } of pieces) {
    const last = marks.at(-1);
    const goesOn = call !== "" && call === before && last !== undefined &&
      Math.abs(mark.startMs - last.stopMs) <= NAMES_MS && mark.stopMs > last.stopMs;
    if (goesOn) last.stopMs = mark.stopMs;
    else marks.push({ ...mark });
    before = call;
  }
  return marks;
}
