import { makePlan, type PlanParts } from "../../batch/make_plan.ts";
import type { Plan } from "../../batch/plan.ts";
import { fingerprint } from "../../pipeline/detector/mod.ts";

/** A plan of six hours in shares of two, unless told otherwise. */
export function somePlan(parts: Partial<PlanParts> = {}): Plan {
  const { recipe = "exact", gain = 1, channel = 0 } = parts;
  const weightsSha256 = "0".repeat(64);
  return makePlan({
    source: { place: "/sea" },
    startMs: Date.UTC(2021, 0, 1),
    stopMs: Date.UTC(2021, 0, 1, 6),
    hoursOfDay: { from: 0, to: 24 },
    detector: { model: "demo", name: "demo", weightsSha256, classNames: ["Mn"] },
    recipe,
    gain,
    channel,
    fingerprint: fingerprint({ weightsSha256, revision: 1, recipe, gain, channel }),
    coreSecondsPerHour: 900,
    vcpus: 1,
    ...parts,
  });
}
