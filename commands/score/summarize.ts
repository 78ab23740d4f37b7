import { formatUtc } from "../../core/mod.ts";
import type { Detector } from "../../pipeline/detector/mod.ts";
import type { RemoteAccess } from "../../pipeline/places/mod.ts";
import { lostEffort, lostWords } from "../../pipeline/scores/mod.ts";
import {
  type HourOutcome,
  hourRecord,
  type RangeOptions,
  sumOutcomes,
} from "../../pipeline/scoring/mod.ts";
import type { Schedule } from "../../pipeline/timeline/mod.ts";
import { print } from "../print.ts";
import { bytes, duration } from "../words.ts";
import type { WhatToScore } from "./what_to_score.ts";

/** Most gaps that are shown: recorders that sleep by design leave thousands. */
const GAPS_SHOWN = 5;

/** The outcome of a run. */
export interface RunResult {
  outcomes: readonly HourOutcome[];
  what: WhatToScore;
  range: Pick<RangeOptions, "recipe" | "stores">;
  detector: Detector;
  access: RemoteAccess;
  /** The times when the recorder was to record. */
  schedule: Schedule;
  /** Seconds that it took. */
  seconds: number;
}

/** Prints the outcome of a run: hours, effort and why there is none, speed, bytes, where scores are. */
export function summarize(result: RunResult): void {
  const { outcomes, what, range, detector, access, schedule, seconds } = result;
  const { hours, audio_s, effort_s } = sumOutcomes(outcomes);
  const counts = [
    `${hours.scored} hour${hours.scored === 1 ? "" : "s"} scored`,
    `${hours.done} done before`,
    `${hours.no_audio} without audio`,
    ...(hours.failed > 0 ? [`${hours.failed} failed`] : []),
  ];
  print(`${counts.join(", ")}; effort ${duration(effort_s)}.`);
  for (const lost of lostEffort(outcomes.flatMap((hour) => hour.noEffort))) {
    const isPlanned = lost.kind === "no-recording" && schedule.isDutyCycled;
    const planned = isPlanned ? " (planned pauses among it)" : "";
    print(`Without effort: ${duration(lost.seconds)}, ${lostWords(lost)}${planned}.`);
  }
  if (hours.scored > 0) {
    print(`It took ${duration(seconds)}, ${(audio_s / seconds).toFixed(0)}× real time.`);
  }
  if (access.bytesFetched > 0) {
    const tried = [...access.recoveries].map(([fault, times]) => `${fault} ${times}×`);
    print(
      `${bytes(access.bytesFetched)} were fetched` +
        (tried.length > 0 ? `; recovered from: ${tried.join(", ")}.` : "."),
    );
  }
  if (range.recipe.clock === "nominal") {
    print(`Recipe ${range.recipe.name}: its seconds are nominal and drift from the clock.`);
  }
  range.stores.forEach(({ name }, kind) => {
    const of = range.stores.length === 1 ? "" : `, class ${detector.classNames[kind]}`;
    print(`Scores of ${detector.name}${of}: ${name}`);
  });
  if (schedule.isDutyCycled) print(`The recorder's schedule: ${schedule.words}.`);
  const gaps = what.files?.gaps ?? [];
  for (const { startMs, stopMs } of gaps.slice(0, GAPS_SHOWN)) {
    const start = formatUtc(Math.round(startMs));
    print(`${((stopMs - startMs) / 1000).toFixed(3)} s of audio are missing from ${start} on.`);
  }
  if (gaps.length > GAPS_SHOWN) {
    print(`Audio is missing in ${gaps.length - GAPS_SHOWN} more places: the manifests name them.`);
  }
  if (what.absent > 0) {
    print(`${what.absent} of the recordings could not be read: the manifests say which and why.`);
  }
  if (what.untimed > 0) {
    const files = `${what.untimed} file${what.untimed === 1 ? "" : "s"}`;
    print(`${files} could not be placed in time and were left out: see the notes above.`);
  }
  for (const { state, notes } of outcomes) if (state === "failed") print(notes.join(" "));
}

/** Prints one JSON line on recordings that are left out. */
export function logNote(message: string): void {
  print(JSON.stringify({ event: "note", message }));
}

/** Prints one JSON line on an hour. */
export function logHour(outcome: HourOutcome): void {
  print(JSON.stringify(hourRecord(outcome)));
}

/** Prints one JSON line on a whole run. */
export function logSummary(
  { outcomes, what, range, detector, access, schedule, seconds }: RunResult,
): void {
  print(JSON.stringify({
    event: "summary",
    ...sumOutcomes(outcomes),
    no_effort_s: Object.fromEntries(
      lostEffort(outcomes.flatMap((hour) => hour.noEffort)).map((
        { kind, seconds },
      ) => [kind, seconds]),
    ),
    schedule: schedule.words,
    zoneless_names: what.archive.zonelessNames,
    seconds: Number(seconds.toFixed(3)),
    bytes_fetched: access.bytesFetched,
    recoveries: Object.fromEntries(access.recoveries),
    detector: detector.name,
    ...(detector.notice === undefined ? {} : { notice: detector.notice }),
    recipe: range.recipe.name,
    clock: range.recipe.clock,
    scores: range.stores.map(({ name }) => name),
  }));
}
