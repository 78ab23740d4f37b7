import { fileURLToPath } from "node:url";

/** The permissions of one of this project's tasks, as `deno run` takes them. */
export async function taskFlags(task: string): Promise<string[]> {
  const path = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const { tasks } = JSON.parse(await Deno.readTextFile(path));
  return tasks[task].command.split(" ").filter((word: string) => word.startsWith("--"));
}
