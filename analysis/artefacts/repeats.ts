/** Facts of a recording, as manifests have them. */
export interface KnownFile {
  uri: string;
  sizeBytes: number;
  /** ETag; the modification time of a file on disk tells nothing here. */
  version: string;
  start: string;
}

/**
 * Recordings under different names that hold the same bytes, going by size and ETag: the same audio
 * twice is the same song twice.
 *
 * @param files The recordings that manifests name; the same one may come up many times.
 * @returns Groups of two or more, each in the order of time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const file = { sizeBytes: 9, version: "e1", start: "2021-01-01T00:00:00Z" };
 * const groups = identicalFiles([{ ...file, uri: "s3://a" }, { ...file, uri: "s3://b" }]);
 * assert(groups.length === 1 && groups[0].length === 2);
 * ```
 */
export function identicalFiles<File extends KnownFile>(files: Iterable<File>): File[][] {
  const groups = new Map<string, Map<string, File>>();
  for (const file of files) {
    // Times of files on disk are ISO dates, and may well agree by chance.
    if (/^\d{4}-\d\d-\d\dT/.test(file.version) || file.version === "simulated") continue;
    const key = JSON.stringify([file.sizeBytes, file.version]);
    const group = groups.get(key) ?? new Map<string, File>();
    groups.set(key, group.set(file.uri, file));
  }
  return [...groups.values()]
    .filter((group) => group.size > 1)
    .map((group) => [...group.values()].sort((a, b) => a.start < b.start ? -1 : 1));
}

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
