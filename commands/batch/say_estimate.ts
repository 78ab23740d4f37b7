import { BACK_ENDS, type BackEndName, type Estimate, PRICES } from "../../batch/mod.ts";
import { findRecordings } from "../../pipeline/timeline/mod.ts";
import { print } from "../print.ts";
import { bytes, hoursWords } from "../words.ts";

/** Counts jobs in words. */
export const countOf = (jobs: number): string => `${jobs} job${jobs === 1 ? "" : "s"}`;

/** Bytes of an hour of the MARS archive: 16 kHz of 24 bit, as its files of a day are. */
const MARS_HOUR_BYTES = 3600 * 16_000 * 3;

/**
 * Says how much audio an archive holds, as far as that can be told from here without a network.
 *
 * @param place The template, prefix or folder.
 * @param site The site, where it is a known one's.
 * @param hours Hours that are planned.
 */
export async function audioWords(
  place: string,
  site: string | undefined,
  hours: number,
): Promise<string> {
  if (site === "mars") return `at most ${bytes(hours * MARS_HOUR_BYTES)} of audio to read`;
  const isFolder = await Deno.stat(place).then(({ isDirectory }) => isDirectory, () => false);
  if (!isFolder) return "how many bytes of audio was not asked";
  const { paths } = await findRecordings([place]);
  let sum = 0;
  for (const path of paths) sum += (await Deno.stat(path)).size;
  const files = paths.length === 1 ? "1 file" : `${paths.length} files`;
  return `${bytes(sum)} of audio in ${files} there, of any time`;
}

/** Cores or vCPUs for which the time is said, beside those of this machine for `local`. */
const NUMBERS: Readonly<Record<BackEndName, readonly number[]>> = {
  local: [8, 32],
  slurm: [16, 64, 256],
  aws: [16, 64, 256, 1024],
};
/** Cores that a vCPU is at least: two share one on most machines. */
const CORES_PER_VCPU = 0.5;

/**
 * Prints how long a run takes on a few numbers of cores, or of vCPUs where machines are rented.
 *
 * @param jobs Jobs that it is cut into.
 * @param vcpus Cores or vCPUs of a job.
 * @param jobSeconds Seconds that a job takes on whole cores.
 * @param on The back end.
 */
export function printTimes(
  { jobs }: Pick<Estimate, "jobs">,
  vcpus: number,
  jobSeconds: number,
  on: BackEndName,
): void {
  const { isRented } = BACK_ENDS[on];
  const here = on === "local" ? navigator.hardwareConcurrency : undefined;
  const numbers = [...new Set([...here === undefined ? [] : [here], ...NUMBERS[on]])]
    .sort((a, b) => a - b);
  const unit = isRented ? "vCPU" : "core";
  const tookHours = jobSeconds / (isRented ? CORES_PER_VCPU : 1) / 3600;
  for (const number of numbers) {
    const rounds = Math.ceil(jobs / Math.max(1, Math.floor(number / vcpus)));
    const count = `${number} ${unit}${number === 1 ? "" : "s"}`;
    const note = number === here ? "   (this machine)" : "";
    print(`  on ${count.padEnd(11)} about ${hoursWords(rounds * tookHours)}${note}`);
  }
}

/** Prints what a run takes, for people. */
export function printEstimate(
  { jobs, coreHours, onDemand, spot }: Estimate,
  on?: BackEndName,
): void {
  print(`${countOf(jobs)}, about ${coreHours.toFixed(1)} core-hours.`);
  if (on !== undefined && !BACK_ENDS[on].isRented) return;
  print(
    `On AWS about $${spot.toFixed(2)} at Spot and about $${onDemand.toFixed(2)} at on-demand ` +
      `prices, on any number of vCPUs (table of ${PRICES.date}, ${PRICES.region}; a vCPU counts as ` +
      `half a core, and ${PRICES.retriedShare * 100} % are tried again; with addresses and disks).`,
  );
}
