// Ten years on paper: time, waste and cost by the number of vCPUs, with hosts reclaimed.
// deno-lint-ignore-file no-console
import { measuredCoreSeconds } from "../batch/cost/core_seconds.ts";
import { estimate } from "../batch/cost/estimate.ts";
import { jobSize } from "../batch/plan/job_size.ts";

const HOURS = 87_672;
/** Hosts of a hundred that Spot takes away in an hour: many more than it usually does. */
const RECLAIMED_SHARE_AN_HOUR = 0.05;
/** A host that comes, registers and fetches the image. */
const START_SECONDS = 180;

const coreSeconds = measuredCoreSeconds("google")!;
const size = jobSize(HOURS, coreSeconds);
const jobs = Math.ceil(HOURS / size);
const { vcpuHours, onDemand, spot } = estimate(HOURS, coreSeconds, jobs, 1);
console.log(
  `${HOURS} hours, ${jobs} jobs of ${size} h, ${vcpuHours.toFixed(0)} vCPU-hours without reclaims`,
);
console.log("| vCPUs | time | lost to reclaims | Spot | on-demand |");
console.log("| --- | --- | --- | --- | --- |");
for (const vcpus of [4, 16, 64, 256, 1024]) {
  // A worker whose host goes loses half an hour of audio on average, and the start of another.
  const lostSeconds = coreSeconds / 2 + START_SECONDS;
  const lostHours = vcpuHours * RECLAIMED_SHARE_AN_HOUR * lostSeconds / 3600;
  const all = vcpuHours + lostHours;
  const hours = all / vcpus + START_SECONDS / 3600 + size * coreSeconds / 3600 / 2;
  const time = hours > 48 ? `${(hours / 24).toFixed(0)} days` : `${hours.toFixed(1)} h`;
  const share = all / vcpuHours;
  console.log(
    `| ${vcpus} | ${time} | ${lostHours.toFixed(0)} vCPU-hours (${
      ((share - 1) * 100).toFixed(1)
    } %) | ` +
      `$${(spot * share).toFixed(0)} | $${onDemand.toFixed(0)} |`,
  );
}
