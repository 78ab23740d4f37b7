/** Minutes whose scores are the same to the last digit. */
export interface RepeatedMinutes {
  /** The starts of the minutes, epoch milliseconds, ascending; two or more. */
  startMs: number[];
}

const MINUTE = 60;

/**
 * Minutes whose sixty scores are those of another minute: the same audio under two times, whatever
 * its files are called. Real ocean never scores alike twice; a minute of one same score, as of
 * digital silence, is passed over, and so is one without full effort.
 *
 * @param hours Hours of scores, such as `readScores` gives.
 * @returns Groups of minutes, in the order of their first.
 */
export async function repeatedMinutes(
  hours:
    | AsyncIterable<{ hourMs: number; scores: Float64Array }>
    | Iterable<
      { hourMs: number; scores: Float64Array }
    >,
): Promise<RepeatedMinutes[]> {
  const seen = new Map<number, number[]>();
  for await (const { hourMs, scores } of hours) {
    for (let first = 0; first < scores.length; first += MINUTE) {
      const key = keyOf(scores.subarray(first, first + MINUTE));
      if (key === undefined) continue;
      const found = seen.get(key);
      if (found) found.push(hourMs + first * 1000);
      else seen.set(key, [hourMs + first * 1000]);
    }
  }
  return [...seen.values()].filter(({ length }) => length > 1).map((startMs) => ({ startMs }));
}

/** 53 bits of the scores (cyrb53 by bryc, public domain), so that years fit in memory. */
function keyOf(scores: Float64Array): number | undefined {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  let varies = false;
  for (const score of scores) {
    if (Number.isNaN(score)) return undefined;
    varies ||= score !== scores[0];
    const millionths = Math.round(score * 1e6);
    high = Math.imul(high ^ millionths, 2654435761);
    low = Math.imul(low ^ millionths, 1597334677);
  }
  if (!varies) return undefined;
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
