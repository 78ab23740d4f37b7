import type { Span } from "../event.ts";
import { subtractSpans, unionSpans } from "../spans.ts";
import type { Annotation } from "./annotation.ts";

/** Labels by which a person says to be unsure, unless others are named. */
export const UNCERTAIN_LABELS: readonly string[] = ["?", "uncertain", "possible", "maybe"];

/** Which labels count. */
export interface LabelChoice {
  /** Labels of the calls that are looked for; all that are certain unless given. */
  labels?: readonly string[];
  /** Labels of what may be a call. */
  uncertain?: readonly string[];
  /** Labels of what is no call: such marks are left out, and their time counts. */
  without?: readonly string[];
}

/**
 * Drops what a person was unsure of: such marks are no calls, and their time does not count. An
 * uncertain label is one of the list, or one that ends in a question mark; case does not count.
 * Marks with other labels than the ones looked for are neither calls nor doubt: their time counts as
 * time without the call.
 *
 * @param annotations What a person marked.
 * @param covered What that person listened to, in any order.
 * @param choice Which labels count.
 * @returns The calls, and the time that counts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const marks = [{ startMs: 2, stopMs: 4, label: "song?", line: 1 }];
 * const { calls, covered } = certainAnnotations(marks, [{ startMs: 0, stopMs: 9 }]);
 * assert.deepEqual(covered, [{ startMs: 0, stopMs: 2 }, { startMs: 4, stopMs: 9 }]);
 * assert(calls.length === 0);
 * ```
 */
export function certainAnnotations(
  annotations: readonly Annotation[],
  covered: readonly Span[],
  choice: LabelChoice = {},
): { calls: Annotation[]; uncertain: Annotation[]; covered: Span[] } {
  const lower = (labels: readonly string[]): string[] => labels.map((text) => text.toLowerCase());
  const doubtful = lower(choice.uncertain ?? UNCERTAIN_LABELS);
  const wanted = choice.labels && lower(choice.labels);
  const isUncertain = ({ label }: Annotation): boolean =>
    doubtful.includes(label.toLowerCase()) || label.endsWith("?");
  const without = lower(choice.without ?? []);
  const marks = annotations.filter(({ label }) => !without.includes(label.toLowerCase()));
  const uncertain = marks.filter(isUncertain);
  const calls = marks.filter((mark) =>
    !isUncertain(mark) && (!wanted || wanted.includes(mark.label.toLowerCase()))
  );
  // Time that is a call for certain stays, whatever else was marked in it.
  const doubt = subtractSpans(unionSpans(uncertain), unionSpans(calls));
  return { calls, uncertain, covered: subtractSpans(unionSpans(covered), doubt) };
}
