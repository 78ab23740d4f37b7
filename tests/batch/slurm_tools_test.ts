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
    for (const name of ["sbatch", "squeue", "scontrol", "sacct", "scancel"]) {
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
/** There is no cat beside the tools. */
const print = (file: string): string => `while read -r l; do echo "$l"; done <"$T/${file}"`;
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

Deno.test("a tampered output runs nothing: ids are checked, and what is reused is named and asked for", () =>
  withTools(
    {
      scontrol: `${CONFIG}; echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1`,
      sbatch: "while read -r l; do :; done; echo 7",
      scancel: "exit 0",
    },
    async ({ ask, asked }, folder) => {
      const started = await ask(...range(folder, "out"), "--partition", "long");
      assert.equal(started.code, 0, started.err);
      const run = /\d{8}-\d{8}-\w{8}/.exec(started.out)![0];
      const out = ["--out", join(folder, "out")];
      const within = (path: string): string => join(folder, "out", "runs", run, path);
      const change = async (path: string, from: string, to: string): Promise<void> => {
        const text = await Deno.readTextFile(within(path));
        assert.ok(text.includes(from), text);
        await Deno.writeTextFile(within(path), text.replace(from, to));
      };
      const before = (await asked()).length;
      await change("outcomes/0001.json", '"id":"7,', '"id":"--help,');
      for (const command of ["batch-status", "batch-cancel", "batch-retry"]) {
        const { code, err } = await ask(command, ...out);
        assert.equal(code, 65, err);
        assert.match(err, /its field "job\.id" is wrong: it is no job's id/);
      }
      await change("outcomes/0001.json", '"id":"--help,', '"id":"7,-M,');
      const status = await ask("batch-status", ...out);
      assert.equal(status.code, 65, status.err);
      assert.match(
        status.err,
        /its job is "7,-M,.*", which is no number of Slurm's: see who changed/,
      );
      assert.equal((await asked()).length, before, "no tool was asked");

      await change("outcomes/0001.json", '"id":"7,-M,', '"id":"7,');
      await change(
        "submissions/0001.json",
        '"partition":"long"',
        '"partition":"long","container":"apptainer:/tmp/theirs.sif"',
      );
      const retried = await ask("batch-retry", ...out);
      assert.equal(retried.code, 64, retried.out);
      const options = "--partition long --container apptainer:/tmp/theirs\\.sif";
      assert.match(
        retried.out,
        new RegExp(`As the last submission, with --on slurm --vcpus 1 ${options}\n`),
      );
      assert.match(retried.err, /Cannot ask "Start 6 jobs\?" as there is no terminal: say --yes/);
      const own = ["--container", "apptainer:/images/ours.sif", "--partition", "long"];
      const ours = await ask("batch-retry", ...out, ...own);
      assert.equal(ours.code, 0, ours.err);
      assert.doesNotMatch(ours.out, /As the last submission/);
      const odd = await ask("batch-retry", ...out, "--container", "-B/", "--yes");
      assert.equal(odd.code, 64, odd.out);
    },
  ));

Deno.test("jobs whose submitter was lost are found by their names, in the queue or in the accounts", () =>
  withTools(
    {
      scontrol:
        `${CONFIG}; for t in 0 1; do echo "JobId=1$t ArrayTaskId=$t JobState=RUNNING Reason=None"; done`,
      sbatch: "while read -r l; do :; done; echo 7",
      squeue: `[ ! -e "$T/names" ] || ${print("names")}`,
      sacct: `case "$*" in *JobName*) [ ! -e "$T/old" ] || ${print("old")};; esac`,
    },
    async ({ ask, asked }, folder) => {
      const started = await ask(...range(folder, "out"));
      const run = /\d{8}-\d{8}-\w{8}/.exec(started.out)![0];
      const out = ["--out", join(folder, "out")];
      await Deno.remove(join(folder, "out", "runs", run, "outcomes"), { recursive: true });
      const lost = await ask("batch-status", ...out);
      assert.match(lost.out, /0 running, 6 waiting[^]*Submission 1 was started/);
      const names = /--name=(megaptera-\S+-0),(megaptera-\S+-2),(megaptera-\S+-4)\|/
        .exec((await asked()).findLast((line) => line.startsWith("squeue"))!)!;
      const tools = join(folder, "tools");
      await Deno.writeTextFile(join(tools, "names"), `70|${names[1]}\n70|${names[1]}\n99|other\n`);
      await Deno.writeTextFile(join(tools, "old"), `71_0|${names[2]}\n72_[0-1]|${names[3]}\n`);
      const found = await ask("batch-status", ...out);
      assert.match(found.out, /jobs {4}6 running, 0 waiting/, found.err);
      const shown = (await asked()).filter((line) => line.startsWith("scontrol|-o"));
      assert.deepEqual(shown.map((line) => /job\|(\d+)/.exec(line)![1]), ["70", "71", "72"]);
    },
  ));

Deno.test("batch-doctor says of Slurm whether it would take a job, and one cause once", async () => {
  const doctor = ["batch-doctor", "--on", "slurm", "--partition", "whales", "--out"];
  await withTools({ scontrol: UNREACHED }, async ({ ask, asked }, folder) => {
    const { code, out } = await ask(...doctor, join(folder, "out"));
    assert.equal(code, 78, out);
    assert.match(out, /amiss {2}controller .*scontrol says "slurm_load_jobs error: Unable to con/);
    assert.match(out, /- {6}submission {3}not looked at, as this needs: controller\n/);
    assert.match(out, /1 thing is wrong/);
    assert.deepEqual((await asked()).length, 1);
  });
  const config = 'echo "ClusterName = sea"; echo "SLURM_VERSION = 22.05"';
  const cases: [sbatch: string, code: number, words: RegExp][] = [
    [
      'echo "sbatch: Job 5 to start at 2021-01-01T00:00:00 using 1 processors on nodes a" >&2',
      0,
      /ok {5}controller {3}the controller of sea answers, 22\.05\nok {5}submission {3}a job of one core would start at .*\nnote {3}accounts[^]*\/out can be written to and listed from here; all nodes must see/,
    ],
    [
      'echo "allocation failure: Invalid account or partition" >&2; exit 1',
      78,
      /amiss {2}submission .*sbatch says "Invalid account or partition": name a partition/,
    ],
  ];
  for (const [sbatch, code, words] of cases) {
    await withTools({ scontrol: config, sbatch }, async ({ ask, asked }, folder) => {
      const ended = await ask(...doctor, join(folder, "out"));
      assert.equal(ended.code, code, ended.out);
      assert.match(ended.out, words);
      assert.ok(
        (await asked()).some((line) =>
          line.startsWith("sbatch|--test-only|") && line.includes("|--partition=whales|")
        ),
      );
      if (code === 0) {
        assert.match(ended.err, /Next: .* batch-range --on slurm --out .* --partition whales/);
      }
    });
  }
});
