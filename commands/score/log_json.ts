import { heardSeconds, lostEffort } from "../../pipeline/scores/mod.ts";
import { type HourOutcome, hourRecord } from "../../pipeline/scoring/mod.ts";
import { print } from "../print.ts";
import type { RunResult } from "./summarize.ts";

/** Prints one JSON line on what is left out. */
export function logNote(message: string): void {
  print(JSON.stringify({ event: "note", message }));
}

/** One JSON line on an hour. */
export function logHour(outcome: HourOutcome): void {
  print(JSON.stringify(hourRecord(outcome)));
}

/** One JSON line on a whole run. */
export function logSummary(
  { outcomes, what, range, detector, access, schedule, seconds }: RunResult,
): void {
  const of = (state: HourOutcome["state"]): number =>
    outcomes.filter((hour) => hour.state === state).length;
  print(JSON.stringify({
    event: "summary",
    hours: {
      scored: of("scored"),
      done: of("done"),
      no_audio: of("no audio"),
      failed: of("failed"),
    },
    audio_s: outcomes.reduce(
      (sum, hour) => sum + (hour.state === "scored" ? heardSeconds(hour) : 0),
      0,
    ),
    effort_s: outcomes.reduce((sum, { effortSeconds }) => sum + effortSeconds, 0),
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
