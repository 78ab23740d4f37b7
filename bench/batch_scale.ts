// Ten years on paper: time, waste and cost by the number of vCPUs, with hosts reclaimed.
// deno-lint-ignore-file no-console
import { jobSize } from "../batch/make_plan.ts";
import { estimate, measuredCoreSeconds, PRICES } from "../batch/prices.ts";

const HOURS = 87_672;
/** Hosts of a hundred that Spot takes away in an hour: many more than it usually does. */
const RECLAIMED_SHARE_AN_HOUR = 0.05;
/** A host that comes, registers and fetches the image. */
const START_SECONDS = 180;

const coreSeconds = measuredCoreSeconds("google")!;
const size = jobSize(HOURS, coreSeconds);
const jobs = Math.ceil(HOURS / size);
const { coreHours, onDemand, spot } = estimate(HOURS, coreSeconds, jobs, 1);
const coresPerVcpu = Math.min(...PRICES.machines.map((machine) => machine.coresPerVcpu));
const vcpuHours = coreHours / coresPerVcpu;
console.log(`${HOURS} hours, ${jobs} jobs of ${size} h, ${coreHours.toFixed(0)} core-hours`);
console.log(`about $${spot.toFixed(0)} at Spot and $${onDemand.toFixed(0)} at on-demand prices`);
console.log("| vCPUs | time | lost to reclaims |");
console.log("| --- | --- | --- |");
for (const vcpus of [4, 16, 64, 256, 1024]) {
  // A worker whose host goes loses half an hour of audio on average, and the start of another.
  const hourSeconds = coreSeconds / coresPerVcpu;
  const lostHours = vcpuHours * RECLAIMED_SHARE_AN_HOUR * (hourSeconds / 2 + START_SECONDS) / 3600;
  const hours = (vcpuHours + lostHours) / vcpus + START_SECONDS / 3600 + size * hourSeconds / 7200;
  const time = hours > 48 ? `${(hours / 24).toFixed(0)} days` : `${hours.toFixed(1)} h`;
  const share = (lostHours / vcpuHours * 100).toFixed(1);
  console.log(`| ${vcpus} | ${time} | ${lostHours.toFixed(0)} vCPU-hours (${share} %) |`);
}
