import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { runHere } from "../helpers/command_line.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const read = (path: string): Promise<string> =>
  Deno.readTextFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)));

Deno.test("every command and option is documented, with its help", () =>
  withFolder(async (folder) => {
    const documented = await read("docs/commands.md");
    const visit = async (command: string[]): Promise<void> => {
      const { code, out } = await runHere([...command, "--help"], folder);
      assert.equal(code, 0);
      for (const [option] of out.matchAll(/--[a-z][a-z-]+/g)) {
        assert.ok(
          documented.includes(option),
          `docs/commands.md lacks ${command.join(" ")} ${option}`,
        );
      }
      const commands = out.split("display help for command\n")[1] ?? "";
      for (const [, name] of commands.matchAll(/^ {2}([a-z][a-z-]*)/gm)) {
        if (name === "help" || name === "megaptera") continue;
        const whole = [...command, name].join(" ");
        assert.ok(documented.includes(`megaptera ${whole}`), `docs/commands.md lacks ${whole}`);
        await visit([...command, name]);
      }
    };
    await visit([]);
  }));

Deno.test("every task is in the README or docs, names its permissions, and none asks for all", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  const documents = await Promise.all(
    ["README.md", "docs/commands.md", "CONTRIBUTING.md"].map(read),
  );
  for (const [name, { command }] of Object.entries<{ command: string }>(tasks)) {
    assert.ok(documents.some((text) => text.includes(name)), `no document names ${name}`);
    assert.doesNotMatch(command, /(^| )(-A|--allow-all)( |$)/);
    assert.match(command, /--no-prompt/);
  }
});

Deno.test("the plain deno test of CONTRIBUTING has the permissions of the task", async () => {
  const text = await read("CONTRIBUTING.md");
  const permissions = (await taskFlags("test")).filter((flag) => flag.startsWith("--allow"));
  assert.ok(text.includes(`\`deno test ${permissions.join(" ")}\``));
});
