import { hoursWithin } from "../../pipeline/scoring/mod.ts";
import type { Plan } from "./plan.ts";

/** What of a plan says which hours it is of. */
export type PlannedHours = Pick<Plan, "start" | "stop" | "hoursOfDay">;

/** Starts of all hours of a plan, ascending, in epoch milliseconds. */
export function plannedHours({ start, stop, hoursOfDay }: PlannedHours): number[] {
  return hoursWithin(Date.parse(start), Date.parse(stop), hoursOfDay);
}

/**
 * A plan's hours, cut into the shares of its jobs.
 *
 * @param plan The plan.
 * @returns For each share, from 0 on, the starts of its hours, epoch milliseconds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const cut = shares({
 *   start: "2021-01-01T00:00:00Z",
 *   stop: "2021-01-01T05:00:00Z",
 *   hoursOfDay: { from: 0, to: 24 },
 *   hoursPerJob: 2,
 * });
 * assert.deepEqual(cut.map((hours) => hours.length), [2, 2, 1]);
 * ```
 */
export function shares(plan: PlannedHours & Pick<Plan, "hoursPerJob">): number[][] {
  const hours = plannedHours(plan);
  const cut: number[][] = [];
  for (let first = 0; first < hours.length; first += plan.hoursPerJob) {
    cut.push(hours.slice(first, first + plan.hoursPerJob));
  }
  return cut;
}
