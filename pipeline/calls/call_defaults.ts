import type { CallOptions } from "./call_finder.ts";

/**
 * How scores become calls where nobody says otherwise: a median of 25 s as the Monterey Bay Aquarium
 * Research Institute shows its scores, a threshold of 0.5, gaps of 10 s joined, bouts of 3 s at
 * least. Conventions, no more: no threshold is right for every site.
 */
export const CALL_DEFAULTS: Readonly<Pick<CallOptions, "median" | "threshold" | "gap" | "min">> = {
  median: 25,
  threshold: 0.5,
  gap: 10,
  min: 3,
};
