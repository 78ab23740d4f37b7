import { mapLimited } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import type { Plan } from "../plan/plan.ts";
import { parseLogLine } from "./log_line.ts";
import { readLogTail } from "./log_tail.ts";
import type { PlannedHour } from "./verify_run.ts";

/** Logs that are read to say why hours are missing. */
const MOST_LOGS = 200;
const READ_AT_ONCE = 16;

/**
 * Says why hours are missing, by the log lines that their share's last worker left.
 *
 * @param out The output.
 * @param plan The plan.
 * @param hours Hours of the plan; the reasons of those that are missing are filled in.
 */
export async function findReasons(
  out: Storage,
  plan: Pick<Plan, "run">,
  hours: readonly PlannedHour[],
): Promise<void> {
  const missing = Map.groupBy(hours.filter(({ state }) => state === "missing"), (h) => h.share);
  await mapLimited([...missing].slice(0, MOST_LOGS), READ_AT_ONCE, async ([share, lost]) => {
    const lines = (await readLogTail(out, plan.run, share) ?? []).map(parseLogLine);
    const isCut = lines.length > 0 && !lines.some((line) => line?.event === "end");
    const fault = lines.findLast((line) => line?.event === "fault")?.message ??
      (isCut ? "its worker left no end: it was killed, or is still at work" : undefined);
    for (const hour of lost) {
      const own = lines.findLast((line) =>
        line?.event === "hour" && line.state === "failed" &&
        line.hour !== undefined && Date.parse(line.hour) === hour.hourMs
      );
      hour.reason = own?.notes?.join(" ") ?? fault ?? hour.reason;
    }
  });
}
