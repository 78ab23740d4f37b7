import assert from "node:assert/strict";
import { join } from "node:path";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/** Tools of Slurm as shell scripts that note what they are asked. */
interface Tools {
  /** Runs a command where there are no other tools. */
  ask(...args: string[]): Promise<Ended>;
  /** What the tools were asked, a line each. */
  asked(): Promise<string[]>;
}

async function withTools(
  scripts: Record<string, string>,
  work: (tools: Tools, folder: string) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const tools = join(folder, "tools");
    await Deno.mkdir(join(folder, "recordings"));
    await Deno.mkdir(tools);
    for (const name of ["sbatch", "scontrol", "sacct", "scancel"]) {
      const note = `{ printf '%s|' ${name} "$@"; echo "SLURM_BITSTR_LEN=$SLURM_BITSTR_LEN"; } ` +
        '>> "$T/asked"';
      const text = `#!/bin/sh\n${note}\n${scripts[name] ?? "exit 1"}\n`;
      await Deno.writeTextFile(join(tools, name), text, { mode: 0o755 });
    }
    await work({
      ask: (...args) => megaptera(args, join(folder, "cache"), { PATH: tools, T: tools }),
      asked: async () => (await Deno.readTextFile(join(tools, "asked"))).trim().split("\n"),
    }, folder);
  });
}

/** Six hours in shares of one, in arrays of two at most. */
function range(folder: string, out: string): string[] {
  return [
    ...["batch-range", "--start", "2021-01-01", "--stop", "2021-01-01T06Z", "--model", "demo"],
    ...["--source", join(folder, "recordings"), "--core-seconds", "1800", "--on", "slurm"],
    ...["--out", join(folder, out)],
  ];
}
const CONFIG = 'if [ "$1" = show ]; then echo "MaxArraySize = 3"; exit; fi';
const UNREACHED = "echo 'slurm_load_jobs error: Unable to contact slurm controller' >&2; exit 1";

Deno.test("options go to sbatch as arguments, whatever is in them, and '%' in a path is escaped", () =>
  withTools(
    { scontrol: `${CONFIG}; ${UNREACHED}`, sbatch: "while read -r l; do :; done; echo 7" },
    async ({ ask, asked }, folder) => {
      const account = "a b\n#SBATCH --nodes=9";
      const ended = await ask(...range(folder, "50% of it's"), "--account", account);
      assert.equal(ended.code, 0, ended.err);
      const text = (await asked()).join("\n");
      assert.ok(text.includes("|--account=a b\n#SBATCH --nodes=9|"), text);
      assert.ok(text.includes(`|--output=${folder}/50%% of it's/runs/`), text);
      assert.match(text, /\/slurm\/0001-0-%a\.log\|.*SLURM_BITSTR_LEN=0/s);
    },
  ));

Deno.test("where one array is refused, those before it are taken back", () =>
  withTools(
    {
      scontrol: `${CONFIG}; ${UNREACHED}`,
      sbatch:
        'while read -r l; do :; done; if [ -e "$T/second" ]; then echo "sbatch: error: Batch ' +
        'job submission failed: Job violates accounting/QOS policy" >&2; exit 1; fi; ' +
        'if [ -e "$T/first" ]; then echo > "$T/second"; echo 72; else echo > "$T/first"; echo 71; fi',
      scancel: "exit 0",
    },
    async ({ ask, asked }, folder) => {
      const ended = await ask(...range(folder, "out"));
      assert.equal(ended.code, 78, ended.out);
      assert.match(ended.err, /sbatch says "Job violates accounting\/QOS policy": see your limits/);
      assert.equal((await asked()).at(-1), "scancel|71|72|SLURM_BITSTR_LEN=0");
    },
  ));

Deno.test("a controller that can't be reached is no failure of tasks, and watching outlasts it", () =>
  withTools(
    {
      scontrol: `${CONFIG}; if [ -e "$T/up" ]; then echo 'slurm_load_jobs error: Invalid job id ` +
        `specified' >&2; exit 1; fi; [ ! -e "$T/watched" ] || echo > "$T/up"; ${UNREACHED}`,
      sbatch: "while read -r l; do :; done; echo 7",
    },
    async ({ ask }, folder) => {
      const submitted = await ask(...range(folder, "out"));
      assert.equal(submitted.code, 0, submitted.err);
      const out = ["--out", join(folder, "out")];
      const status = await ask("batch-status", ...out);
      assert.equal(status.code, 75, status.out);
      assert.match(status.err, /scontrol says "slurm_load_jobs error: Unable to contact/);
      const again = await ask("batch-retry", ...out);
      assert.equal(again.code, 75, again.out);

      await Deno.writeTextFile(join(folder, "tools", "watched"), "");
      const watched = await ask("batch-status", "--watch", ...out);
      assert.equal(watched.code, 65, watched.err);
      assert.match(watched.err, /Unable to contact slurm controller/);
      assert.match(watched.out, /jobs {4}0 running, 0 waiting, 0 succeeded, 6 failed/);
    },
  ));
