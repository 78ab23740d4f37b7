import assert from "node:assert/strict";
import { slurmOptions, type SlurmScript, slurmScript } from "../../batch/slurm/slurm_script.ts";
import { parseSacct, parseScontrol } from "../../batch/slurm/slurm_tools.ts";
import type { Submission } from "../../batch/submission.ts";

const submission: Submission = {
  format: "megaptera-submission/1",
  run: "20210101-20210102-0123abcd",
  number: 1,
  on: "slurm",
  submitted: "2021-02-01T00:00:00Z",
  shares: [0, 1, 2],
  vcpus: 2,
  hoursDone: 0,
  settings: {},
};

function parts(settings: Record<string, string> = {}): SlurmScript {
  return {
    submission,
    environment: { MEGAPTERA_OUT: "/data/it's here" },
    limitSeconds: 5400,
    first: 1000,
    count: 3,
    logFile: "/dev/null",
    settings,
  };
}

const script = (settings: Record<string, string> = {}): string => slurmScript(parts(settings));

Deno.test("scontrol's lines tell each task's state, those that wait together included", () => {
  const text = [
    "JobId=13 ArrayJobId=12 ArrayTaskId=4-6,9%2 JobName=x JobState=PENDING Reason=Resources ExitCode=0:0 StartTime=Unknown EndTime=Unknown ",
    "JobId=14 ArrayJobId=12 ArrayTaskId=0 JobName=x JobState=RUNNING Reason=None ExitCode=0:0 StartTime=2021-02-01T00:00:10 EndTime=2021-02-01T06:00:10 ",
    "JobId=15 ArrayJobId=12 ArrayTaskId=1 JobName=x JobState=COMPLETED Reason=None ExitCode=0:0 StartTime=2021-02-01T00:00:10 EndTime=2021-02-01T00:01:10 ",
    "JobId=16 ArrayJobId=12 ArrayTaskId=2 JobName=x JobState=FAILED Reason=NonZeroExitCode ExitCode=65:0 StartTime=2021-02-01T00:00:10 EndTime=2021-02-01T00:01:10 ",
  ].join("\n");
  const tasks = parseScontrol(text);
  const waiting = tasks.filter(({ state }) => state === "waiting");
  assert.deepEqual(waiting.map(({ task, reason }) => [task, reason]), [
    [4, "Resources"],
    [5, "Resources"],
    [6, "Resources"],
    [9, "Resources"],
  ]);
  const [running, succeeded, failed] = tasks.slice(4);
  assert.deepEqual([running.task, running.state, running.stoppedMs], [0, "running", undefined]);
  assert.equal(running.startedMs, Date.UTC(2021, 1, 1, 0, 0, 10));
  assert.equal(succeeded.stoppedMs! - succeeded.startedMs!, 60_000);
  assert.deepEqual([failed.state, failed.exitCode], ["failed", 65]);
});

Deno.test("sacct's lines tell how tasks ended, with a hint at what to do", () => {
  const tasks = parseSacct(
    "12_0|COMPLETED|0:0|2021-02-01T00:00:10|2021-02-01T00:01:10\n" +
      "12_1|OUT_OF_MEMORY|0:125|2021-02-01T00:00:10|2021-02-01T00:01:10\n" +
      "12_2|CANCELLED by 1000|0:15|2021-02-01T00:00:10|2021-02-01T00:01:10\n" +
      "12_[3-4,6-10:2%5]|PENDING|0:0|Unknown|Unknown\n" +
      // A line that was cut says nothing.
      "12_5|COMPLETED|0:0\n12_5|COMPL\n12_5\n12",
  );
  assert.deepEqual(tasks.map(({ task, state }) => [task, state]), [
    [0, "succeeded"],
    [1, "failed"],
    [2, "failed"],
    ...[3, 4, 6, 8, 10].map((task) => [task, "waiting"]),
  ]);
  assert.match(tasks[1].reason!, /more memory than it was given/);
  assert.deepEqual(tasks.map(({ isCancelled }) => isCancelled === true).indexOf(true), 2);
  assert.equal(tasks[2].reason, "it was cancelled");
});

Deno.test("a script asks for what a job takes, and quotes what it exports", () => {
  const options = slurmOptions(parts({ partition: "long", account: "whales" }));
  for (
    const option of [
      "--array=0-2",
      "--cpus-per-task=2",
      "--mem=3400M",
      "--time=90",
      "--requeue",
      "--partition=long",
      "--account=whales",
    ]
  ) assert.ok(options.includes(option), option);
  const text = script();
  assert.match(text, /^#!\/bin\/bash\n/);
  assert.ok(text.includes("export MEGAPTERA_OUT='/data/it'\\''s here'\n"));
  assert.ok(text.includes("export MEGAPTERA_INDEX_BASE='1000'\n"));
  assert.ok(slurmOptions(parts({ time: "4:00:00" })).includes("--time=4:00:00"));
});

Deno.test("in a container the worker is the image's own", () => {
  const text = script({ container: "apptainer:/images/megaptera.sif" });
  assert.match(
    text,
    /\n'apptainer' 'exec' '--env' 'DENO_DIR=\/deno' '\/images\/megaptera\.sif' 'deno' 'run' .*worker\.ts' &\n/,
  );
});

/** Runs a script with another worker in the place of ours, and a `scontrol` that notes its arguments. */
async function runScript(
  worker: string,
  environment: Record<string, string>,
  onStart: (child: Deno.ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<{ code: number; asked: string }> {
  const folder = await Deno.makeTempDir();
  try {
    const noted = `${folder}/asked`;
    await Deno.writeTextFile(`${folder}/scontrol`, `#!/bin/sh\necho "$@" >"${noted}"\nexit 1\n`);
    await Deno.chmod(`${folder}/scontrol`, 0o755);
    const lines = script().split("\n");
    lines[lines.indexOf("child=$!") - 1] = `${worker} &`;
    await Deno.writeTextFile(`${folder}/script`, lines.join("\n"));
    const child = new Deno.Command("bash", {
      args: [`${folder}/script`],
      env: { ...environment, PATH: `${folder}:${Deno.env.get("PATH")}` },
      stdout: "piped",
    }).spawn();
    await onStart(child);
    const { code } = await child.output();
    return { code, asked: await Deno.readTextFile(noted).catch(() => "") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const TASK = { SLURM_ARRAY_JOB_ID: "12", SLURM_ARRAY_TASK_ID: "3" };

Deno.test("a task whose worker says 75 is queued again, three tries in all", async () => {
  const again = { code: 75, asked: "requeue 12_3\n" };
  assert.deepEqual(await runScript("sh -c 'exit 75'", TASK), again);
  const second = { ...TASK, SLURM_RESTART_COUNT: "1" };
  assert.deepEqual(await runScript("sh -c 'exit 75'", second), again);
  const third = { ...TASK, SLURM_RESTART_COUNT: "2" };
  assert.deepEqual(await runScript("sh -c 'exit 75'", third), { code: 75, asked: "" });
  for (const code of [0, 65, 78]) {
    assert.deepEqual(await runScript(`sh -c 'exit ${code}'`, TASK), { code, asked: "" });
  }
});

Deno.test("SIGTERM reaches a task's worker, and its exit code is the task's", async () => {
  const worker = `sh -c 'trap "exit 143" TERM; echo ready; while :; do sleep 0.05; done'`;
  const { code } = await runScript(worker, TASK, async (child) => {
    const reader = child.stdout.getReader();
    await reader.read();
    reader.releaseLock();
    child.kill("SIGTERM");
  });
  assert.equal(code, 143);
});
