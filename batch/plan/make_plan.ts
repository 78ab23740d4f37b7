import { createHash } from "node:crypto";
import { VERSION } from "../../core/mod.ts";
import { checkRange } from "./check_range.ts";
import { jobSize } from "./job_size.ts";
import type { Plan } from "./plan.ts";

/** What a plan is made of. */
export interface PlanParts extends
  Pick<
    Plan,
    | "source"
    | "hoursOfDay"
    | "detector"
    | "recipe"
    | "gain"
    | "channel"
    | "fingerprint"
    | "coreSecondsPerHour"
  > {
  /** First hour, and the hour after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** vCPUs of a job, ≥ 1. */
  vcpus: number;
}

/**
 * Makes a run's plan. The run's name is a digest of what decides its result, so that whoever asks
 * for the same goes on with it; how it is cut into jobs is not in it.
 *
 * @param parts What it is made of.
 * @returns The plan.
 * @throws {MegapteraError} `usage` where the range holds no hour, or too many.
 */
export function makePlan(parts: PlanParts): Plan {
  const { startMs, stopMs, vcpus, coreSecondsPerHour, ...rest } = parts;
  const { range, hours } = checkRange(startMs, stopMs, rest.hoursOfDay);
  const { source, detector, recipe, gain, channel, fingerprint } = rest;
  const decides = { source, ...range, classes: detector.classNames, recipe, gain, channel };
  const digest = createHash("sha256").update(JSON.stringify({ ...decides, fingerprint }))
    .digest("hex").slice(0, 8);
  const day = (iso: string): string => iso.slice(0, 10).replaceAll("-", "");
  return {
    format: "megaptera-plan/1",
    run: `${day(range.start)}-${day(range.stop)}-${digest}`,
    megaptera: VERSION,
    source,
    ...range,
    detector,
    recipe,
    gain,
    channel,
    fingerprint,
    hoursPerJob: jobSize(hours, coreSecondsPerHour / vcpus),
    coreSecondsPerHour,
  };
}
