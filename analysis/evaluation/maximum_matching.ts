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
