import {
  causeOf,
  type Plan,
  PRICES,
  readLogTail,
  type RunStatus,
  shares,
  type ShareView,
} from "../../batch/mod.ts";
import { formatUtc } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";

/** Failures that are shown, and log lines of each. */
const FAILURES_SHOWN = 10;
const LINES_SHOWN = 3;

/**
 * A run's status in lines for people.
 *
 * @param plan The plan.
 * @param status How it is.
 * @param out The output, for the log lines of what failed.
 */
export async function statusLines(plan: Plan, status: RunStatus, out: Storage): Promise<string[]> {
  const { hours, left, jobs, speed, endMs, vcpuHours, dollars, failed, notes } = status;
  const lines = [
    `Run ${plan.run}: ${plan.start} to ${plan.stop} into ${out.name}`,
    `hours   ${hours.whole} scored, ${hours["no audio"]} without audio, ${hours.missing} left` +
    whereLeft(left),
    `jobs    ${jobs.running} running, ${jobs.waiting} waiting, ${jobs.succeeded} succeeded, ` +
    `${jobs.failed} failed`,
  ];
  if (plan.detector.notice !== undefined) lines.push(`note    ${plan.detector.notice}`);
  if (speed > 0 && hours.missing > 0) {
    const end = endMs === undefined
      ? ""
      : `; it should end at ${formatUtc(Math.round(endMs / 1000) * 1000)}`;
    lines.push(`speed   ${speed.toFixed(1)} hours of the range an hour${end}`);
  }
  if (vcpuHours > 0) {
    const cost = dollars === undefined
      ? ""
      : `, about $${dollars.toFixed(2)} at Spot prices of ${PRICES.date}`;
    lines.push(`used    ${vcpuHours.toFixed(2)} vCPU-hours${cost}`);
  }
  for (const note of notes) lines.push(`note    ${note}`);
  const cut = shares(plan);
  for (const view of failed.slice(0, FAILURES_SHOWN)) {
    lines.push(...await failureLines(plan, view, cut[view.share], out));
  }
  if (failed.length > FAILURES_SHOWN) {
    lines.push(
      `${
        failed.length - FAILURES_SHOWN
      } more failed: \`batch-logs --failed\` groups them by cause.`,
    );
  }
  return lines;
}

async function failureLines(
  plan: Plan,
  { share, exitCode, reason, hoursMissing }: ShareView,
  hours: readonly number[],
  out: Storage,
): Promise<string[]> {
  const code = exitCode === undefined ? "" : ` with ${exitCode}`;
  const tail = await readLogTail(out, plan.run, share) ?? [];
  const cause = causeOf({ share, exitCode, reason, lines: tail });
  const said = reason === undefined || reason === cause ? "" : ` (${reason})`;
  return [
    `share ${share} from ${formatUtc(hours[0])} failed${code}, ${hoursMissing} of its ` +
    `${hours.length} hours are missing: ${cause}${said}`,
    ...tail.slice(-LINES_SHOWN).map((line) => `  ${line}`),
  ];
}

/** In which jobs the hours are that are left. */
function whereLeft({ running, waiting, failed }: RunStatus["left"]): string {
  const parts = Object.entries({ running, waiting, "that failed": failed })
    .filter(([, hours]) => hours > 0).map(([state, hours]) => `${state}: ${hours}`);
  return parts.length === 0 ? "" : ` (of jobs ${parts.join(", ")})`;
}
