import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { attemptsOf, batchSuite } from "./batch_suite.ts";

Deno.test("on this machine killed, stopped and corrupt jobs are told, and retry gives score's bytes", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out");
    const stop = async (): Promise<void> => {
      await megaptera(["batch-cancel", "--out", out], folder);
    };
    // A worker that is killed in the middle of an hour is started again.
    const disturb = (): Promise<void> => killWorkerOf(out, 1);
    const outputs = { out, outFolder: out };
    await batchSuite({
      on: "local",
      folder,
      ...outputs,
      environment: {},
      stop,
      held: [5],
      disturb,
    });
    assert.deepEqual(await attemptsOf(out, "00001"), ["0001-01.jsonl", "0001-02.jsonl"]);
  }));

/** Kills the worker of a job, found by its environment. */
async function killWorkerOf(out: string, index: number): Promise<void> {
  const find = 'for p in /proc/[0-9]*; do tr "\\0" "\\n" <"$p/environ" 2>/dev/null | ' +
    'grep -qxF "MEGAPTERA_INDEX=$1" && tr "\\0" "\\n" <"$p/environ" | ' +
    'grep -qxF "MEGAPTERA_OUT=$2" && echo "${p#/proc/}"; done';
  const args = ["-c", find, "sh", String(index), out];
  const { stdout } = await new Deno.Command("sh", { args, stderr: "null" }).output();
  const [pid] = new TextDecoder().decode(stdout).trim().split("\n");
  assert.match(pid, /^\d+$/, `there is no worker of job ${index}`);
  Deno.kill(Number(pid), "SIGKILL");
}
