import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera, megapteraCommand } from "../helpers/command_line.ts";
import { killAt } from "../helpers/killed_at.ts";
import { scoresBelow, writeHours } from "../helpers/scored_files.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

const HOURS = 6;
/** No audio between the recordings: that is said with this exit code. */
const AUDIO_MISSING = 3;

Deno.test("killed at random moments and run again, score gives the same bytes and no litter", () =>
  withFolder(async (folder) => {
    const files = await writeHours(folder, HOURS, 20);
    const command = (
      out: string,
    ) => [
      ...["score", ...files, "--model", "demo", "--out", join(folder, out)],
      ...["--schedule", "continuous"],
    ];
    const undisturbed = await megaptera(command("whole"), folder);
    assert.equal(undisturbed.code, AUDIO_MISSING, undisturbed.err);
    for (const waitMs of [900, 1500, 1700, 1900, 2100]) {
      const child = megapteraCommand(command("killed"), folder).spawn();
      const output = child.output();
      await killAt(child, "SIGKILL", { finished: 0, afterMs: waitMs }, () => 0);
      await output;
    }
    const last = await megaptera(command("killed"), folder);
    assert.equal(last.code, AUDIO_MISSING, last.err);
    assert.deepEqual(
      await filesBelow(join(folder, "killed")),
      await filesBelow(join(folder, "whole")),
    );
    assert.deepEqual(
      await scoresBelow(join(folder, "killed")),
      await scoresBelow(join(folder, "whole")),
    );
    const verified = await megaptera(["verify", join(folder, "killed"), "--deep"], folder);
    assert.equal(verified.code, 0, verified.out);
  }));
