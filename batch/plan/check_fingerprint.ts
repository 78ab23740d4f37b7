import { MegapteraError } from "../../core/mod.ts";
import type { Detector } from "../../pipeline/detector/mod.ts";
import { fingerprint } from "../../pipeline/scores/mod.ts";
import type { Plan } from "./plan.ts";

/**
 * Refuses to work on a plan with what gives other scores: an image with other weights, or another
 * release's front end.
 *
 * @param plan The plan.
 * @param detector What was loaded.
 * @throws {MegapteraError} `configuration` where it is not the plan's.
 */
export function checkFingerprint(
  plan: Pick<Plan, "run" | "fingerprint" | "recipe" | "gain" | "channel" | "megaptera">,
  { name, weightsSha256, revision }: Pick<Detector, "name" | "weightsSha256" | "revision">,
): void {
  const { recipe, gain, channel } = plan;
  const found = fingerprint({ weightsSha256, revision, recipe, gain, channel });
  if (found === plan.fingerprint) return;
  throw new MegapteraError(
    "configuration",
    `Cannot work on the run ${plan.run} with the detector ${name} as it gives another ` +
      `fingerprint (${found.slice(0, 12)}) than the plan of release ${plan.megaptera} names ` +
      `(${plan.fingerprint.slice(0, 12)}): use the image and weights that it was planned with.`,
  );
}
