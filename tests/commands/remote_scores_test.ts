import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { ObjectServer } from "../helpers/object_server.ts";
import { plantHour } from "../helpers/planted_scores.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";
import { startVersitygw, VERSITYGW } from "../helpers/versitygw.ts";

const FIRST = Date.UTC(2021, 0, 1, 22);
const HOUR_MS = 3_600_000;
const HOURS = 5;
const COVERAGE = "2021-01-01T22:00:00Z/2021-01-02T01:00:00Z";

/** Plants some hours with bouts across their borders. */
async function plant(folder: string): Promise<void> {
  const loud = (bin: number): number => bin % 900 < 60 || bin >= 3570 ? 0.9 : 0.1;
  for (let hour = 0; hour < HOURS; hour++) await plantHour(folder, FIRST + hour * HOUR_MS, loud);
}

/** Puts the files of a folder into the server's bucket. */
async function upload(folder: string, server: ObjectServer): Promise<void> {
  for (const path of await filesBelow(folder)) {
    server.objects.set(`/sea/scores/${path}`, { bytes: await Deno.readFile(join(folder, path)) });
  }
}

/** What each reading command says and writes of scores in a place, with its task's permissions. */
async function readAll(
  folder: string,
  scores: string,
  options: readonly string[],
): Promise<Record<string, string>> {
  const out = (name: string): string => join(folder, name);
  const annotations = out("annotations.csv");
  await Deno.writeTextFile(annotations, "start,end\n2021-01-01T22:15:01Z,2021-01-01T22:16:02Z\n");
  const commands: Record<string, string[]> = {
    calls: ["calls", scores, "--out", out("calls.csv")],
    presence: ["presence", scores, "--out", out("presence.csv")],
    scores: ["scores", "export", scores, "--out", out("scores.parquet")],
    verify: ["verify", scores, "--deep"],
    report: ["report", scores, "--out", out("report.html")],
    evaluate: ["evaluate", out("calls.csv"), annotations, "--coverage", COVERAGE],
  };
  commands.evaluate.push("--scores", scores);
  const said: Record<string, string> = {};
  for (const [task, command] of Object.entries(commands)) {
    const flags = await taskFlags(task);
    const ended = await megaptera([...command, ...options], folder, {}, { flags });
    assert.equal(ended.code, 0, `${task}: ${ended.err}`);
    said[task] = ended.out.replaceAll(folder, "").replaceAll(scores, "");
  }
  for (const name of ["calls.csv", "presence.csv"]) said[name] = await Deno.readTextFile(out(name));
  return said;
}

Deno.test("every command that reads scores gives of a bucket what it gives of a folder", () =>
  withFolder(async (folder) => {
    const near = join(folder, "near");
    await plant(near);
    const expected = await readAll(folder, near, []);
    await using server = await ObjectServer.start();
    await upload(near, server);
    const options = ["--endpoint", server.origin, "--unsigned"];
    assert.deepEqual(await readAll(folder, "s3://sea/scores", options), expected);
  }));

Deno.test({
  name: "every command that reads scores reads them from a real S3 server, signed",
  ignore: VERSITYGW === undefined,
  fn: () =>
    withFolder(async (folder) => {
      const near = join(folder, "buckets", "sea", "scores");
      await plant(near);
      const expected = await readAll(folder, near, []);
      await using server = await startVersitygw(join(folder, "buckets"));
      const options = ["--endpoint", server.origin, "--region", "us-west-2"];
      assert.deepEqual(await readAll(folder, "s3://sea/scores", options), expected);
    }),
});

Deno.test("a bucket that can't be read is said to be that, and nothing is taken for damaged", () =>
  withFolder(async (folder) => {
    await plant(join(folder, "near"));
    await using server = await ObjectServer.start();
    await upload(join(folder, "near"), server);
    server.forbidden.add("/sea/scores/2021/01/20210101_22.csv");
    const options = ["--endpoint", server.origin, "--unsigned"];
    for (
      const command of [["verify", "s3://sea/scores", "--deep"], ["presence", "s3://sea/scores"]]
    ) {
      const { code, out, err } = await megaptera([...command, ...options], folder);
      assert.equal(code, 77, err);
      assert.match(err, /Cannot read s3:\/\/sea\/scores\/2021\/01\/20210101_22\.csv as the server/);
      assert.doesNotMatch(out, /damaged/);
    }
    const none = await megaptera(["calls", "s3://sea/none", ...options], folder);
    assert.equal(none.code, 65, none.err);
    assert.match(none.err, /s3:\/\/sea\/none as it holds no hourly score files/);
    const nowhere = await megaptera(["verify", "s3://lake/scores", ...options], folder);
    assert.equal(nowhere.code, 65, nowhere.err);
    assert.match(nowhere.err, /there is no bucket lake/);
  }));

Deno.test("scores in a folder need neither the network nor what S3 asks of the system", () =>
  withFolder(async (folder) => {
    const near = join(folder, "near");
    await plant(near);
    for (const task of ["verify", "calls", "presence"]) {
      const flags = (await taskFlags(task)).filter((flag) => !/^--allow-(?:net|sys)/.test(flag));
      const out = task === "verify" ? [] : ["--out", join(folder, "out.csv")];
      const { code, err } = await megaptera([task, near, ...out], folder, {}, { flags });
      assert.equal(code, 0, err);
    }
  }));
