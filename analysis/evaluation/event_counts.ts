import type { Counts } from "./counts.ts";
import type { Span } from "./event.ts";
import type { MatchCriterion } from "./match_criterion.ts";
import { maximumMatching } from "./maximum_matching.ts";
import { isCounted } from "./is_counted.ts";

/**
 * Compares events one by one: each detection goes with at most one call and each call with at most
 * one detection, and as many pairs as can be are made. Calls that lie mostly outside of covered time
 * are left out, and so are detections there that go with no call.
 *
 * Source: Mesaros and others 2016, section 3.2; sed_eval 0.2.1 with `event_matching_type="optimal"`.
 *
 * @param reference What is there.
 * @param detected What was found.
 * @param covered The time that counts, in any order.
 * @param criterion When a detection may go with a call.
 * @returns Numbers of events; true positives are pairs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { byCollar } from "./match_criterion.ts";
 * const [call, detection] = [{ startMs: 9000, stopMs: 30_000 }, { startMs: 12_000, stopMs: 30_000 }];
 * const counts = eventCounts([call], [detection], [{ startMs: 0, stopMs: 60_000 }], byCollar());
 * assert.deepEqual(counts, { truePositives: 1, falsePositives: 0, falseNegatives: 0 });
 * ```
 */
export function eventCounts(
  reference: readonly Span[],
  detected: readonly Span[],
  covered: readonly Span[],
  criterion: MatchCriterion,
): Counts {
  const inside = isCounted(reference, covered);
  const calls = reference.filter((_, i) => inside[i]);
  const found = detected.toSorted((a, b) => a.startMs - b.startMs);
  const candidates = calls.map((call) => {
    const reach = criterion.reachMs(call);
    const matches: number[] = [];
    for (let i = firstFrom(found, call.startMs - reach); i < found.length; i++) {
      if (found[i].startMs > call.startMs + reach) break;
      if (criterion.agrees(call, found[i])) matches.push(i);
    }
    return matches;
  });
  const partners = new Set(maximumMatching(candidates, found.length).filter((i) => i >= 0));
  const counted = isCounted(found, covered);
  return {
    truePositives: partners.size,
    falsePositives: found.filter((_, i) => counted[i] && !partners.has(i)).length,
    falseNegatives: calls.length - partners.size,
  };
}

/** The first event that starts at an instant or later. */
function firstFrom(events: readonly Span[], ms: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle].startMs >= ms) high = middle;
    else low = middle + 1;
  }
  return low;
}
