import { durationOf } from "./sample_clock.ts";
import type { Run } from "./timeline_types.ts";

/**
 * When a run ends.
 *
 * @param run The run.
 * @returns Time after its last frame, epoch milliseconds; a fraction where the rate makes one.
 */
export function runStopMs(run: Pick<Run, "startMs" | "frames" | "sampleRateHz">): number {
  return run.startMs + durationOf(run.frames, run.sampleRateHz).ms;
}
