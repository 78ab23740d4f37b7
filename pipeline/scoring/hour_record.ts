import { formatUtc } from "../../core/mod.ts";
import { heardSeconds } from "./no_effort.ts";
import type { HourOutcome } from "./score_one_hour.ts";

/** What is logged of an hour, for machines. */
export function hourRecord(outcome: HourOutcome): Record<string, unknown> {
  const { hourMs, state, effortSeconds, noEffort, seconds, notes } = outcome;
  return {
    event: "hour",
    hour: formatUtc(hourMs),
    state,
    audio_s: heardSeconds(outcome),
    effort_s: effortSeconds,
    seconds: Number(seconds.toFixed(3)),
    no_effort: noEffort,
    notes,
  };
}
