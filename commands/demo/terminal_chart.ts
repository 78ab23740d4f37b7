const BLOCKS = " ▁▂▃▄▅▆▇█";

/**
 * An hour in one line of 60 characters, one a minute.
 *
 * @param scores One score a second, NaN without effort.
 * @returns The highest score of each minute as a block; `·` where a minute has no effort.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(scoreLine(new Float64Array(3600).fill(1)) === "█".repeat(60));
 * ```
 */
export function scoreLine(scores: ArrayLike<number>): string {
  return Array.from({ length: 60 }, (_, minute) => {
    let highest = -Infinity;
    for (let second = minute * 60; second < minute * 60 + 60; second++) {
      if (scores[second] > highest) highest = scores[second];
    }
    return highest === -Infinity ? "·" : BLOCKS[Math.round(highest * 8)];
  }).join("");
}

/**
 * Spans of an hour in one line of 60 characters.
 *
 * @param spans Seconds of the hour, `[start, stop)`.
 * @param mark What stands for a minute that a span touches.
 */
export function spanLine(spans: readonly { start: number; stop: number }[], mark: string): string {
  return Array.from(
    { length: 60 },
    (_, minute) =>
      spans.some(({ start, stop }) => start < minute * 60 + 60 && stop > minute * 60) ? mark : " ",
  ).join("");
}
