import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

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
): Deno.Command {
  const flags = [
    ...["--no-prompt", "--allow-read", "--allow-write", "--allow-env", "--allow-ffi"],
    ...["--allow-net=127.0.0.1", "--allow-sys=osRelease,hostname", "--allow-run"],
  ];
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
): Promise<Ended> {
  const { code, stdout, stderr } = await megapteraCommand(args, cacheFolder, environment).output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}
