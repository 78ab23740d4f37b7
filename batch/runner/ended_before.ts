import { mapLimited } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import type { Submission } from "../plan/submission.ts";
import { parseLogLine } from "../results/log_line.ts";
import { readLogTail } from "../results/log_tail.ts";
import { readSeals } from "../results/seal.ts";
import type { JobView } from "./runner.ts";

const READ_AT_ONCE = 16;

/**
 * Tells how jobs ended of which their back end knows nothing: by their share's seal, or by the last
 * line of the log that the output keeps.
 *
 * @param out The output.
 * @param submission The submission.
 * @param indices Which of its jobs.
 * @param reason What is said of those that left no end.
 */
export async function endedBefore(
  out: Storage,
  submission: Submission,
  indices: readonly number[],
  reason = "the queue has forgotten it, and it left no end",
): Promise<JobView[]> {
  if (indices.length === 0) return [];
  const sealed = new Set([...await readSeals(out, submission.run)].map((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return Number(name.slice(0, name.indexOf("-")));
  }));
  return await mapLimited(indices, READ_AT_ONCE, async (index): Promise<JobView> => {
    const share = submission.shares[index];
    // A share's first seal is the first submission's; later ones may find the seal of an earlier one.
    const isSealed = sealed.has(share);
    if (isSealed && submission.number === 1) return { index, state: "succeeded", exitCode: 0 };
    const last = (await readLogTail(out, submission.run, share, submission.number))?.at(-1);
    const exitCode = parseLogLine(last ?? "")?.exit_code;
    if (exitCode === undefined) return { index, state: "failed", reason };
    return { index, state: exitCode === 0 ? "succeeded" : "failed", exitCode };
  });
}
