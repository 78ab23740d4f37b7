import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera, megapteraCommand } from "../helpers/command_line.ts";
import { killAt } from "../helpers/killed_at.ts";
import { scoresBelow, writeHours } from "../helpers/scored_files.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

const KILLS = 20;
const HOURS = 5;
/** No audio between the recordings: that is said with this exit code. */
const AUDIO_MISSING = 3;

Deno.test(`${KILLS} kills at random moments, each run on to its end, give the same bytes`, () =>
  withFolder(async (folder) => {
    const files = await writeHours(folder, HOURS, 20);
    const [whole, out] = [join(folder, "whole"), join(folder, "out")];
    const command = (to: string): string[] => ["score", ...files, "--model", "demo", "--out", to];
    const started = performance.now();
    const undisturbed = await megaptera(command(whole), folder);
    const lastsMs = performance.now() - started;
    assert.equal(undisturbed.code, AUDIO_MISSING, undisturbed.err);
    const expected = await scoresBelow(whole);
    const names = await filesBelow(whole);
    const random = new SeededRandom(1);
    const finished = new Set<number>();
    let litter = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await Deno.remove(out, { recursive: true }).catch(() => {});
      const child = megapteraCommand(command(out), folder).spawn();
      const output = child.output();
      const count = async (): Promise<number> => (await csvBelow(out)).length;
      // half of the kills at any moment, half while a certain hour is scored or written
      const moment = kill % 2 === 0
        ? { finished: 0, afterMs: random.below(Math.ceil(lastsMs)) }
        : { finished: 1 + random.below(HOURS - 1), afterMs: random.below(20) };
      await killAt(child, "SIGKILL", moment, count);
      await output;
      const left = await filesBelow(out).catch(() => []);
      litter += left.filter((name) => name.endsWith(".partial")).length;
      // no score is wrong or half written at any moment
      for (const [name, text] of Object.entries(await scoresBelow(out).catch(() => ({})))) {
        assert.equal(text, expected[name], `kill ${kill}: ${name}`);
      }
      finished.add((await csvBelow(out)).length);
      const again = await megaptera(command(out), folder);
      assert.equal(again.code, AUDIO_MISSING, again.err);
      assert.deepEqual(
        await filesBelow(out),
        names,
        `kill ${kill}, with ${litter} files of litter`,
      );
      assert.deepEqual(await scoresBelow(out), expected, `kill ${kill}`);
    }
    assert.ok(finished.size >= 3, `hours finished at the kills: ${[...finished]}`);
    const verified = await megaptera(["verify", out, "--deep"], folder);
    assert.equal(verified.code, 0, verified.out);
  }));

/** The hours of scores that are in a folder; none where there is no folder yet. */
async function csvBelow(folder: string): Promise<string[]> {
  return (await filesBelow(folder).catch(() => [])).filter((name) => name.endsWith(".csv"));
}
