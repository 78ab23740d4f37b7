import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { attemptsOf, type BatchBackEnd, batchSuite } from "./batch_suite.ts";

Deno.test("on this machine killed, stopped and corrupt jobs are told, and retry gives score's bytes", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out");
    const stop = async (): Promise<void> => {
      await megaptera(["batch-cancel", "--out", out], folder);
    };
    // A worker that is killed in the middle of an hour is started again.
    const disturb: BatchBackEnd["disturb"] = async (archive) => {
      const release = archive.hold(5);
      await archive.untilHeld(5);
      await killWorkerOf(out, 1);
      release();
    };
    await batchSuite({ on: "local", folder, out, outFolder: out, environment: {}, stop, disturb });
    assert.deepEqual(await attemptsOf(out, "00001"), ["0001-01.jsonl", "0001-02.jsonl"]);
  }));

/** Kills the worker of a job, found by its environment. */
async function killWorkerOf(out: string, index: number): Promise<void> {
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const environment = await Deno.readTextFile(`/proc/${name}/environ`).catch(() => "");
    const isOurs = environment.includes(`MEGAPTERA_OUT=${out}\0`) &&
      environment.includes(`MEGAPTERA_INDEX=${index}\0`);
    if (isOurs) return Deno.kill(Number(name), "SIGKILL");
  }
  throw new Error(`there is no worker of job ${index}`);
}
