import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { scoresBelow, writeHours } from "../helpers/scored_files.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { plantHour } from "../helpers/planted_scores.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const HOUR = Date.UTC(2021, 0, 1);
/** A pipe's reader that is gone, and a device that is always full. */
const HAS_SHELL = Deno.build.os === "linux";

/** Runs a command in a shell, its output sent somewhere; gives its own exit code and its words. */
async function shell(
  task: string,
  args: readonly string[],
  sentTo: string,
): Promise<{ code: number; err: string }> {
  const quoted = [Deno.execPath(), "run", ...await taskFlags(task), MAIN, task, ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const script = `${quoted} ${sentTo}; exit \${PIPESTATUS[0]}`;
  const command = new Deno.Command("bash", { args: ["-c", script], stdout: "null" });
  const { code, stderr } = await command.output();
  return { code, err: new TextDecoder().decode(stderr) };
}

async function withHour(run: (scores: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await plantHour(folder, HOUR, 0.5);
    await run(folder);
  });
}

/** Hours with a line each: more than a pipe holds. */
const YEAR = ["--start", "2021-01-01", "--stop", "2022-01-01"];

Deno.test({
  name: "a reader that goes away ends a command quietly, as SIGPIPE would",
  ignore: !HAS_SHELL,
  fn: () =>
    withHour(async (scores) => {
      const ended = await shell("verify", [scores, ...YEAR], "| head -c 1");
      assert.deepEqual(ended, { code: 141, err: "" });
    }),
});

Deno.test({
  name: "a result that can't be written is said to be that",
  ignore: !HAS_SHELL,
  fn: () =>
    withHour(async (scores) => {
      const { code, err } = await shell("verify", [scores, ...YEAR], "> /dev/full");
      assert.equal(code, 75);
      assert.match(
        err,
        /^error: Cannot write standard output as the system refused: No space left/,
      );
      assert.equal(err.trim().split("\n").length, 1);
    }),
});

Deno.test({
  name: "words about the work that can't be written never stop it",
  ignore: !HAS_SHELL,
  fn: () =>
    withFolder(async (folder) => {
      const files = await writeHours(folder, 1, 6);
      const args = [...files, "--model", "demo", "--threads", "1", "--out"];
      const [whole, out] = [`${folder}/whole`, `${folder}/out`];
      assert.equal((await shell("score", [...args, whole], "")).code, 0);
      for (const sentTo of ["2> /dev/full", "2> >(true)"]) {
        assert.deepEqual(
          await shell("score", [...args, out], sentTo),
          { code: 0, err: "" },
          sentTo,
        );
        assert.deepEqual(await scoresBelow(out), await scoresBelow(whole));
        await Deno.remove(out, { recursive: true });
      }
      const absent = await shell("verify", [`${folder}/absent`], "2> /dev/full");
      assert.equal(absent.code, 65);
    }),
});
