import type { Span } from "./event.ts";

/** When a detection may stand for a call that is there. */
export interface MatchCriterion {
  /** Whether it may. */
  agrees(reference: Span, detected: Span): boolean;
  /** How far its start can be from the call's where it may, in milliseconds. */
  reachMs(reference: Span): number;
}

/**
 * By its ends: the starts differ by at most the collar, the stops by at most the collar or half of
 * the call's length, whichever is more.
 *
 * Source: Mesaros and others 2016, section 3.2; sed_eval 0.2.1, `EventBasedMetrics`, whose collar
 * is 0.2 s. Whale calls blur at their ends and our scores are a second apart: 5 s is our choice.
 *
 * @param collarMs The collar in milliseconds, ≥ 0.
 */
export function byCollar(collarMs: number = 5000): MatchCriterion {
  return {
    agrees: (reference, detected) =>
      Math.abs(detected.startMs - reference.startMs) <= collarMs &&
      Math.abs(detected.stopMs - reference.stopMs) <=
        Math.max(collarMs, 0.5 * (reference.stopMs - reference.startMs)),
    reachMs: () => collarMs,
  };
}

/**
 * By intersection over union: what both have in common, divided by what either has.
 *
 * @param least Least share, above 0, to 1; 0.5 as for boxes in pictures (PASCAL VOC).
 */
export function byOverlap(least: number = 0.5): MatchCriterion {
  return {
    agrees: (a, b) => {
      const common = Math.min(a.stopMs, b.stopMs) - Math.max(a.startMs, b.startMs);
      const either = Math.max(a.stopMs, b.stopMs) - Math.min(a.startMs, b.startMs);
      return common > 0 && common >= least * either;
    },
    // A detection that starts d before a call of length L has a union of L + d at least.
    reachMs: ({ startMs, stopMs }) => (stopMs - startMs) * Math.max(1 / least - 1, 1),
  };
}
