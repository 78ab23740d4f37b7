import { mapLimited } from "../../pipeline/map_limited.ts";
import type { Storage } from "../../pipeline/storage/mod.ts";
import type { Submission } from "../plan/submission.ts";
import { readLogTail } from "../results/log_tail.ts";
import { readSeals } from "../results/seal.ts";
import type { JobView } from "./runner.ts";

const READ_AT_ONCE = 16;

/**
 * How jobs ended that their back end has forgotten: by their share's seal, or by the last line of
 * the log that the output keeps.
 *
 * @param out The output.
 * @param submission The submission.
 * @param indices Which of its jobs.
 */
export async function endedBefore(
  out: Storage,
  submission: Submission,
  indices: readonly number[],
): Promise<JobView[]> {
  const sealed = new Set([...await readSeals(out, submission.run)].map((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return Number(name.slice(0, name.indexOf("-")));
  }));
  return await mapLimited(indices, READ_AT_ONCE, async (index): Promise<JobView> => {
    const share = submission.shares[index];
    if (sealed.has(share)) return { index, state: "succeeded", exitCode: 0 };
    const last = (await readLogTail(out, submission.run, share))?.at(-1);
    const code = /"event":"end","exit_code":(\d+)/.exec(last ?? "")?.[1];
    if (code !== undefined) {
      return { index, state: code === "0" ? "succeeded" : "failed", exitCode: Number(code) };
    }
    return { index, state: "failed", reason: "the queue has forgotten it, and it left no end" };
  });
}
