import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { HAS_SLURM, startSlurm } from "../helpers/slurm.ts";
import { batchSuite } from "./batch_suite.ts";

Deno.test({
  name: "on a real Slurm a killed task and a corrupt hour are told, and retry gives score's bytes",
  ignore: !HAS_SLURM,
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "slurm-" });
    try {
      // Arrays of eight at most: the twelve jobs take two.
      await using slurm = await startSlurm(join(folder, "slurm"), 8);
      const { environment } = slurm;
      const out = join(folder, "it's 50% of %j");
      const stop = async (share: number): Promise<void> => {
        const outcome = await firstOutcome(out);
        const second = /,(\d+)\+8$/.exec(outcome.job.id)![1];
        const args = [`${second}_${share - 8}`];
        await new Deno.Command("scancel", { args, env: environment }).output();
      };
      await batchSuite({ on: "slurm", folder, out, outFolder: out, environment, stop });

      const elsewhere = ["--out", join(folder, "elsewhere"), "--partition", "none"];
      const range = ["--start", "2021-01-01", "--stop", "2021-01-02", "--source", folder];
      const refused = await megaptera(
        ["batch-range", ...range, "--model", "demo", "--on", "slurm", ...elsewhere],
        folder,
        environment,
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

/** What became of the first submission of the only run. */
async function firstOutcome(out: string): Promise<{ job: { id: string } }> {
  for await (const { name } of Deno.readDir(join(out, "runs", "index"))) {
    const path = join(out, "runs", name, "outcomes", "0001.json");
    return JSON.parse(await Deno.readTextFile(path));
  }
  throw new Error("there is no run");
}
