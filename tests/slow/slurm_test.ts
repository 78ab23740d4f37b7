import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { writeBatchArchive } from "../helpers/batch_archive.ts";
import { wavOf } from "../helpers/archive.ts";
import { scoresBelow } from "../helpers/scored_files.ts";
import { HAS_SLURM, type Slurm, startSlurm } from "../helpers/slurm.ts";

/** Hours of 2021-01-01 and 02; the second day's first hours are corrupt, or have long audio. */
const HOURS = 48;
const CORRUPT = 25;
const LONG = [8, 30];

async function tool(slurm: Slurm, name: string, args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(name, { args, env: slurm.environment }).output();
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "on a real Slurm a killed task and a corrupt hour are told, and retry gives score's bytes",
  ignore: !HAS_SLURM,
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "slurm-" });
    try {
      await using slurm = await startSlurm(join(folder, "slurm"), 8);
      const recordings = await writeBatchArchive(folder, HOURS, 6, [CORRUPT]);
      for (const hour of LONG) {
        const day = `2021010${1 + Math.floor(hour / 24)}_${String(hour % 24).padStart(2, "0")}`;
        await Deno.writeFile(join(recordings, `${day}0000.wav`), wavOf(240, hour + 1));
      }
      const out = join(folder, "out");
      const where = ["--out", out];
      const ask = (...args: string[]): Promise<Ended> => megaptera(args, folder, slurm.environment);
      const range = ["--start", "2021-01-01", "--stop", "2021-01-03", "--source", recordings];
      const submitted = await ask(
        "batch-range",
        ...range,
        "--model",
        "demo",
        "--on",
        "slurm",
        ...where,
        "--core-seconds",
        "450",
      );
      assert.equal(submitted.code, 0, submitted.err);
      // Twelve tasks, and arrays of eight at most.
      const [, ids] = /Submitted 12 jobs on slurm: (\d+,\d+\+8)/.exec(submitted.out)!;
      const [first] = ids.split(",");

      // The task with the long hour is killed while it works.
      for (let tries = 0; tries < 600; tries++) {
        const shown = await tool(slurm, "scontrol", ["-o", "show", "job", `${first}_2`]);
        const log = join(out, "runs");
        if (shown.includes("JobState=RUNNING") && await hasBegun(log)) break;
        await wait(100);
      }
      await tool(slurm, "scancel", [`${first}_2`]);
      const watched = await ask("batch-status", ...where, "--watch");
      assert.equal(watched.code, 65, watched.err);
      assert.match(watched.out, /jobs {4}0 running, 0 waiting, 10 succeeded, 2 failed/);
      assert.match(watched.out, /share 2 from 2021-01-01T08:00:00Z failed.*: it was cancelled/);
      assert.match(watched.out, /share 6 from 2021-01-02T00:00:00Z failed with 65/);

      const verified = await ask("batch-verify", ...where);
      assert.equal(verified.code, 65);
      assert.match(
        verified.out,
        /2021-01-02T01:00:00Z missing: .*frame 32000 is not a number: NaN/,
      );
      assert.match(verified.out, /2021-01-01T08:00:00Z missing: stopped: the hours in hand/);

      const retried = await ask("batch-retry", ...where);
      assert.match(retried.out, /Submitted 2 jobs on slurm/, retried.err);
      const ended = await ask("batch-status", ...where, "--watch");
      assert.match(ended.out, /hours {3}47 scored, 0 without audio, 1 left/);
      const again = await ask("batch-verify", ...where);
      assert.equal(again.code, 65);
      assert.match(again.out, /47 whole, 1 missing\./);

      const alone = await ask("score", recordings, "--model", "demo", "--out", join(folder, "one"));
      assert.equal(alone.code, 65, alone.err);
      assert.deepEqual(await scoresBelow(out), await scoresBelow(join(folder, "one")));

      const elsewhere = ["--out", join(folder, "elsewhere"), "--partition", "none"];
      const refused = await ask(
        "batch-range",
        ...range,
        "--model",
        "demo",
        "--on",
        "slurm",
        ...elsewhere,
      );
      assert.equal(refused.code, 78);
      assert.match(
        refused.err,
        /over to Slurm as sbatch says ".*partition.*": name one that sinfo/i,
      );
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

/** Whether the third share has left a log. */
async function hasBegun(runs: string): Promise<boolean> {
  for await (const { name } of Deno.readDir(runs)) {
    if (name === "index") continue;
    const began = await Deno.stat(join(runs, name, "logs", "00002")).then(() => true, () => false);
    if (began) return true;
  }
  return false;
}
