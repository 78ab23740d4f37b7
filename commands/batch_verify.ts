import type { Command } from "commander";
import {
  findReasons,
  type LostHour,
  type PlannedHour,
  readLostHours,
  verifyRun,
} from "../batch/mod.ts";
import { EXIT_CODES, formatUtc, HOUR_MS } from "../core/mod.ts";
import { lostEffort, lostRecordings, lostWords, reasonWords } from "../pipeline/scores/mod.ts";
import { addRunCommand, type OutputArguments } from "./batch/batch_options.ts";
import { openRun } from "./batch/open_run.ts";
import { outputWords } from "./batch/watch_run.ts";
import type { Environment } from "./environment.ts";
import { optionWords, tellNext } from "./next.ts";
import { print } from "./print.ts";
import { LostList } from "./words.ts";

/** Most hours that are named. */
const NAMED = 100;

/** Adds `batch-verify`. */
export function addBatchVerify(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  addRunCommand(program, "batch-verify")
    .description("check that every hour of a run is there, whole, and of one fingerprint")
    .option("--deep", "also read every manifest and score, and hash it again")
    .action(async (run: string | undefined, options: OutputArguments & { deep?: boolean }) =>
      finish(await batchVerify(run, options, environment))
    );
}

/**
 * Checks that every hour of a run is there, whole and of its fingerprint.
 *
 * @returns The exit code: 0; 3 where hours are without audio, or recordings could not be had; 65 where
 * hours are not there, damaged or of another fingerprint.
 */
async function batchVerify(
  run: string | undefined,
  options: OutputArguments & { deep?: boolean },
  environment: Environment,
): Promise<number> {
  using opened = await openRun(run, options, environment.signal);
  const { out, trees, plan } = opened;
  const found = await verifyRun(out, trees, plan, options.deep);
  await findReasons(out, plan, found);
  const of = (state: PlannedHour["state"]): number =>
    found.filter((hour) => hour.state === state).length;
  const bad = found.filter(({ state }) => state !== "whole" && state !== "no audio");
  for (const { hourMs, state, reason } of bad.slice(0, NAMED)) {
    print(`${formatUtc(hourMs)} ${state}: ${reason}`);
  }
  if (bad.length > NAMED) print(`${bad.length - NAMED} more hours are not there.`);
  const lostHours = await readLostHours(trees, found);
  const silent = lostHours.filter(({ state }) => state === "no audio");
  const lost = new LostList();
  for (const { noEffort } of lostHours) lost.add(lostRecordings(noEffort));
  for (const line of silentSpans(silent).slice(0, NAMED)) print(line);
  const states = ["whole", "no audio", "missing", "damaged", "another fingerprint"] as const;
  const counts = states.filter((state) => of(state) > 0).map((state) => `${of(state)} ${state}`);
  print(`${found.length} hours of ${plan.run}: ${counts.join(", ")}.`);
  lost.print();
  print(`Fingerprint ${plan.fingerprint.slice(0, 12)}, ${plan.detector.name}.`);
  const { outRegion: region, endpoint } = options;
  if (bad.length > 0) tellNext(environment, "batch-retry", plan.run, ...outputWords(options));
  else {
    const access = optionWords({ endpoint, region }, "endpoint", "region");
    tellNext(environment, "calls", trees[0].name, ...access, "--out", "calls.csv");
  }
  if (bad.length > 0) return EXIT_CODES.data;
  return of("no audio") + lost.size > 0 ? EXIT_CODES.audioMissing : EXIT_CODES.complete;
}

/** Says which hours are without audio and why, a line for those that follow one another alike. */
function silentSpans(silent: readonly LostHour[]): string[] {
  const spans: { startMs: number; kinds: string; hours: LostHour[] }[] = [];
  for (const hour of silent) {
    const { hourMs, noEffort } = hour;
    const kinds = [...new Set(noEffort.map(({ reason }) => reason.kind))].sort().join();
    const last = spans.at(-1);
    const isNext = last?.kinds === kinds && hourMs === last.startMs + last.hours.length * HOUR_MS;
    if (isNext) last.hours.push(hour);
    else spans.push({ startMs: hourMs, kinds, hours: [hour] });
  }
  return spans.map(({ startMs, hours }) => {
    const [first] = hours;
    const why = hours.length === 1
      ? [...new Set(first.noEffort.map(({ reason }) => reasonWords(reason)))]
      : lostEffort(hours.flatMap(({ noEffort }) => noEffort)).map(lostWords);
    const stop = formatUtc(startMs + hours.length * HOUR_MS);
    const [when, many] = hours.length === 1 ? ["", ""] : [` to ${stop}`, `${hours.length} hours, `];
    const note = first.notes.length === 0 ? "" : `: ${first.notes[0]}`;
    return `${formatUtc(startMs)}${when} no audio: ${many}${why.join(", ")}${note}`;
  });
}
