import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { serveBatchArchive, writeBatchArchive } from "../helpers/batch_archive.ts";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { namesIn, withFolder } from "../helpers/temporary_folder.ts";
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

Deno.test("with a supervisor that is killed its workers end, and what they had done counts", () =>
  withFolder(async (folder) => {
    const recordings = await writeBatchArchive(folder, 3, 6);
    await using archive = await serveBatchArchive(recordings);
    const out = join(folder, "out");
    const ask = (...args: string[]): Promise<Ended> => megaptera([...args, "--out", out], folder);
    const release = archive.hold(2);
    const range = ["--start", "2021-01-01", "--stop", "2021-01-01T03Z", "--model", "demo"];
    const source = ["--source", archive.source, "--on", "local", "--core-seconds", "1800"];
    const begun = await ask("batch-range", ...range, ...source);
    assert.match(begun.out, /Submitted 3 jobs/, begun.err);
    await archive.untilHeld(2);
    const supervisor = /Submitted 3 jobs on local: (\d+)/.exec(begun.out)![1];
    Deno.kill(Number(supervisor), "SIGKILL");
    await untilNobody(out);
    const state = join(out, "runs", /\d{8}-\d{8}-\w{8}/.exec(begun.out)![0], "local", "0001.json");
    const silent = new Date(Date.now() - 180_000);
    await Deno.utime(state, silent, silent);
    const status = await ask("batch-status");
    assert.match(
      status.out,
      /hours {3}2 scored, 0 without audio, 1 left \(of jobs that failed: 1\)/,
    );
    assert.match(status.out, /jobs {4}0 running, 0 waiting, 2 succeeded, 1 failed/);
    assert.equal((await ask("batch-status")).out, status.out, "no cost grows with nobody at work");
    release();
    const retried = await ask("batch-retry", "--watch");
    assert.equal(retried.code, 0, retried.err);
    assert.match(retried.out, /1 hour is missing\.[^]*hours {3}3 scored, 0 without audio, 0 left/);
  }));

Deno.test("where the output is removed its supervisor and workers end, and it stays away", () =>
  withFolder(async (folder) => {
    const recordings = await writeBatchArchive(folder, 1, 6);
    await using archive = await serveBatchArchive(recordings);
    const out = join(folder, "out");
    archive.hold(0);
    const range = ["--start", "2021-01-01", "--stop", "2021-01-01T01Z", "--model", "demo"];
    const source = ["--source", archive.source, "--on", "local", "--core-seconds", "1800"];
    const begun = await megaptera(["batch-range", ...range, ...source, "--out", out], folder);
    await archive.untilHeld(0);
    const [, supervisor] = /Submitted 1 job on local: (\d+)/.exec(begun.out)!;
    assert.ok(await isAlive(supervisor));
    await Deno.rename(out, `${out}-elsewhere`);
    for (let tries = 0; await isAlive(supervisor); tries++) {
      if (tries === 300) throw new Error("the supervisor went on without its output");
      await wait(100);
    }
    await untilNobody(out);
    const there = await namesIn(folder);
    assert.ok(there.includes("out-elsewhere") && !there.includes("out"), there.join());
  }));

async function isAlive(pid: string): Promise<boolean> {
  const args = ["-0", pid];
  return (await new Deno.Command("kill", { args, stderr: "null" }).output()).success;
}

/** Waits until no worker of an output lives. */
async function untilNobody(out: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await workersOf(out)).length === 0) return;
    await wait(100);
  }
  throw new Error("workers went on without their supervisor");
}

/** Kills the worker of a job. */
async function killWorkerOf(out: string, index: number): Promise<void> {
  const [pid] = await workersOf(out, index);
  assert.ok(pid, `there is no worker of job ${index}`);
  Deno.kill(Number(pid), "SIGKILL");
}

/** Processes of workers, found by their environment. */
async function workersOf(out: string, index?: number): Promise<string[]> {
  const find = 'for p in /proc/[0-9]*; do e=$(tr "\\0" "\\n" <"$p/environ" 2>/dev/null) && ' +
    'echo "$e" | grep -qx "MEGAPTERA_INDEX=$1" && echo "$e" | grep -qxF "MEGAPTERA_OUT=$2" && ' +
    'echo "${p#/proc/}"; done';
  const args = ["-c", find, "sh", index === undefined ? "[0-9]*" : String(index), out];
  const { stdout } = await new Deno.Command("sh", { args, stderr: "null" }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
}
