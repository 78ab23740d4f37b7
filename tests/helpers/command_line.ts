import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** What any command may do in a test, unless it is given its task's own permissions. */
const FLAGS = [
  ...["--no-prompt", "--allow-read", "--allow-write", "--allow-env", "--allow-ffi"],
  ...["--allow-net=127.0.0.1", "--allow-sys=osRelease,hostname", "--allow-run"],
];

/** How a command ended. */
export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** A command of this project, as `deno task` starts it, ready to be spawned. */
export function megapteraCommand(
  args: readonly string[],
  cacheFolder: string,
  environment: Record<string, string> = {},
  flags: readonly string[] = FLAGS,
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, MAIN, ...args],
    env: { MEGAPTERA_CACHE: cacheFolder, NO_COLOR: "1", ...environment },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a command of this project to its end. */
export async function megaptera(
  args: readonly string[],
  cacheFolder: string,
  environment: Record<string, string> = {},
  flags: readonly string[] = FLAGS,
): Promise<Ended> {
  const command = megapteraCommand(args, cacheFolder, environment, flags);
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}
