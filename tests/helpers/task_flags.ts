import { fileURLToPath } from "node:url";

/** The commands of this project's tasks. */
export async function taskCommands(): Promise<Record<string, string>> {
  const path = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const { tasks } = JSON.parse(await Deno.readTextFile(path));
  return Object.fromEntries(
    Object.entries<{ command: string }>(tasks).map(([name, { command }]) => [name, command]),
  );
}

/** The permissions of one of this project's tasks, as `deno run` takes them. */
export async function taskFlags(task: string): Promise<string[]> {
  const command = (await taskCommands())[task]
    // What the shell of `deno task` would put there.
    .replace("$(deno eval 'console.log(Deno.execPath())')", Deno.execPath());
  return command.replaceAll('"', "").split(" ").filter((word) => word.startsWith("-"));
}
