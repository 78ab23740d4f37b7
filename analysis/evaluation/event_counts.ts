import { overlapWithSpans, type Span, unionSpans } from "../../core/mod.ts";
import type { Counts } from "./counts.ts";

/**
 * Compares events one by one: each detection goes with at most one bout and each bout with at most
 * one detection, and as many pairs as can be are made. Bouts that lie mostly outside of covered time
 * are left out, and so are detections there that go with no bout.
 *
 * Source: Mesaros and others 2016, section 3.2; sed_eval 0.2.1 with `event_matching_type="optimal"`.
 *
 * @param reference What is there.
 * @param detected What was found.
 * @param covered The time that counts, in any order.
 * @param criterion When a detection may go with a bout.
 * @returns Numbers of events; true positives are pairs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { byCollar } from "./event_counts.ts";
 * const [bout, detection] = [{ startMs: 9000, stopMs: 30_000 }, { startMs: 12_000, stopMs: 30_000 }];
 * const counts = eventCounts([bout], [detection], [{ startMs: 0, stopMs: 60_000 }], byCollar());
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
  const bouts = reference.filter((_, i) => inside[i]);
  const found = detected.toSorted((a, b) => a.startMs - b.startMs);
  const candidates = bouts.map((bout) => {
    const reach = criterion.reachMs(bout);
    const matches: number[] = [];
    for (let i = firstFrom(found, bout.startMs - reach); i < found.length; i++) {
      if (found[i].startMs > bout.startMs + reach) break;
      if (criterion.agrees(bout, found[i])) matches.push(i);
    }
    return matches;
  });
  const partners = new Set(maximumMatching(candidates, found.length).filter((i) => i >= 0));
  const counted = isCounted(found, covered);
  return {
    truePositives: partners.size,
    falsePositives: found.filter((_, i) => counted[i] && !partners.has(i)).length,
    falseNegatives: bouts.length - partners.size,
  };
}

/** Finds the first event that starts at an instant or later. */
function firstFrom(events: readonly Span[], ms: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle].startMs >= ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** When a detection may stand for a bout that is there. */
export interface MatchCriterion {
  /** Whether it may. */
  agrees(reference: Span, detected: Span): boolean;
  /** Most milliseconds between its start and the call's for them to match. */
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
    // A detection that starts d before a bout of length L has a union of L + d at least.
    reachMs: ({ startMs, stopMs }) => (stopMs - startMs) * Math.max(1 / least - 1, 1),
  };
}

/**
 * Tells which events count: those that lie in covered time for at least half of their length.
 *
 * @param events The events.
 * @param covered The time that counts, in any order.
 * @returns One answer an event.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(isCounted([{ startMs: 0, stopMs: 4 }], [{ startMs: 2, stopMs: 9 }]), [true]);
 * ```
 */
export function isCounted(events: readonly Span[], covered: readonly Span[]): boolean[] {
  const overlaps = overlapWithSpans(events, unionSpans(covered));
  return events.map(({ startMs, stopMs }, i) => overlaps[i] >= 0.5 * (stopMs - startMs));
}

/**
 * The most pairs that can be made at once where each item has at most one partner: maximum
 * bipartite matching by augmenting paths, searched in breadth.
 *
 * Source: Berge's lemma; C. Berge, "Two theorems in graph theory", PNAS 43 (1957) 842.
 *
 * @param candidates For each item on the left, which items on the right it may go with.
 * @param rightCount Number of items on the right.
 * @returns For each item on the left, its partner on the right, or −1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(maximumMatching([[0, 1], [0]], 2), [1, 0]);
 * ```
 */
export function maximumMatching(
  candidates: readonly (readonly number[])[],
  rightCount: number,
): number[] {
  const partner: number[] = new Array(candidates.length).fill(-1);
  const taken: number[] = new Array(rightCount).fill(-1);
  const cameFrom: number[] = new Array(rightCount).fill(-1);
  const reached: number[] = new Array(rightCount).fill(-1);
  for (let root = 0; root < candidates.length; root++) {
    const queue = [root];
    let free = -1;
    for (let head = 0; head < queue.length && free < 0; head++) {
      for (const right of candidates[queue[head]]) {
        if (reached[right] === root) continue;
        reached[right] = root;
        cameFrom[right] = queue[head];
        if (taken[right] < 0) {
          free = right;
          break;
        }
        queue.push(taken[right]);
      }
    }
    for (let right = free; right >= 0;) {
      const left = cameFrom[right];
      const before = partner[left];
      [partner[left], taken[right]] = [right, left];
      right = before;
    }
  }
  return partner;
}
