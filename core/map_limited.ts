/**
 * Maps items as `Promise.all` over `map` does, with a bounded number under way. After a failure no
 * more is begun.
 *
 * @param items What to work on.
 * @param limit How many at a time, ≥ 1.
 * @param work What to do with each.
 * @returns The results in the order of the items.
 * @throws Whatever the first work that fails throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mapLimited } from "./map_limited.ts";
 * assert.deepEqual(await mapLimited([1, 2, 3], 2, (n) => Promise.resolve(n * n)), [1, 4, 9]);
 * ```
 */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  let failed = false;
  const one = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, one));
  return results;
}
