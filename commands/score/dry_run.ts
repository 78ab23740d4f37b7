import { dayOf, formatUtc } from "../../core/mod.ts";
import type { Detector } from "../../pipeline/detector/mod.ts";
import { type RemoteAccess, sourceName } from "../../pipeline/places/mod.ts";
import { HOUR_BINS } from "../../pipeline/scores/mod.ts";
import { hourInputs, type RangeOptions } from "../../pipeline/scoring/mod.ts";
import { print } from "../print.ts";
import { bytes, duration } from "../words.ts";
import type { WhatToScore } from "./what_to_score.ts";

/** Most recordings that are named one by one. */
const MOST_NAMED = 100;

/**
 * Prints which hours would be scored, from which files, how many bytes, and how long it should take.
 * Headers are read, and the network is run on silence for a moment; nothing is written.
 */
export async function dryRun(
  { archive, hours, detectors, recipe, files: known }:
    & Pick<RangeOptions, "archive" | "hours" | "detectors" | "recipe">
    & Pick<WhatToScore, "files">,
  access: RemoteAccess,
): Promise<void> {
  const [detector] = detectors;
  let [all, bins] = [0, 0];
  const lost = new Map<string, string>();
  for (const hourMs of hours) {
    const catalogue = await archive.day(dayOf(hourMs));
    const { files, segments, absent } = hourInputs(hourMs, catalogue, recipe, detector);
    for (const { uri, reason } of absent) lost.set(uri, reason);
    let [hourBytes, seconds] = [0, 0];
    for (const { file, start, stop } of segments) {
      const { sizeBytes, frames, sampleRateHz } = files[file];
      const heard = (Date.parse(stop) - Date.parse(start)) / 1000;
      hourBytes += heard * sampleRateHz * sizeBytes / frames;
      seconds += heard;
    }
    const names = files.map(sourceName).join(", ");
    const hour = `${formatUtc(hourMs).slice(0, 16)}Z`;
    print(
      files.length === 0
        ? `${hour}  no recording`
        : `${hour}  ${bytes(Math.round(hourBytes)).padStart(8)}  ${names}`,
    );
    all += hourBytes;
    bins += Math.min(HOUR_BINS, seconds);
  }
  for (const reason of [...lost.values()].slice(0, MOST_NAMED)) print(`Can't be scored: ${reason}`);
  if (lost.size > MOST_NAMED) print(`${lost.size - MOST_NAMED} more can't be scored.`);
  if (known?.schedule.isDutyCycled) print(`The recorder's schedule: ${known.schedule.words}.`);
  const speed = await windowsPerSecond(detectors);
  print(`${count(hours.length, "hour")}, about ${bytes(Math.round(all))} of audio to read.`);
  print(
    `It should take about ${duration(bins / speed)}: ${speed.toFixed(0)} windows a second were ` +
      `measured on ${count(detectors.length, "worker")}; dead audio and done hours cost little.`,
  );
  if (access.bytesFetched > 0) print(`${bytes(access.bytesFetched)} of headers were fetched.`);
  print("Nothing was scored or written.");
}

const count = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : "s"}`;

/** Length of the measurement, milliseconds: a few batches of the published detector. */
const MEASURED_MS = 2000;

/**
 * Measures how many windows a second all workers score together. The network alone is measured:
 * reading and the front end add a few per cent (docs/speed.md).
 *
 * @param detectors The workers' detectors.
 * @returns Windows a second.
 */
export async function windowsPerSecond(detectors: readonly Detector[]): Promise<number> {
  const batch = async ({ engine, frontEnd }: Detector): Promise<number> => {
    const { windowFrames, frameValues } = frontEnd;
    const windows = new Float32Array(engine.batchWindows * windowFrames * frameValues);
    await engine.run(windows);
    return engine.batchWindows;
  };
  await Promise.all(detectors.map(batch)); // the first one is slower
  const started = performance.now();
  const scored = await Promise.all(detectors.map(async (detector) => {
    let windows = 0;
    while (performance.now() - started < MEASURED_MS) windows += await batch(detector);
    return windows;
  }));
  const seconds = (performance.now() - started) / 1000;
  return scored.reduce((sum, windows) => sum + windows, 0) / seconds;
}
