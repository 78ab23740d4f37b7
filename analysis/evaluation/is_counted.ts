import type { Span } from "./event.ts";
import { overlapWithSpans, unionSpans } from "./spans.ts";

/**
 * Which events count: those that lie in covered time for at least half of their length.
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
