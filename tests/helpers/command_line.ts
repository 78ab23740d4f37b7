import { fileURLToPath } from "node:url";
import { megaptera as run } from "../../main.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** What any command may do in a test, unless it is given its task's own permissions. */
export const FLAGS: readonly string[] = [
  ...["--no-prompt", "--allow-read", "--allow-write", "--allow-env", "--allow-ffi"],
  ...["--allow-net=127.0.0.1", "--allow-sys=osRelease,hostname", "--allow-run"],
];

/** How a command ended. */
export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** What differs from the usual. */
interface CommandOptions {
  /** What it may do. */
  flags?: readonly string[];
  /** Where it runs. */
  cwd?: string;
}

/** A command of this project, as `deno task` starts it, ready to be spawned. */
export function megapteraCommand(
  args: readonly string[],
  cacheFolder: string,
  environment: Record<string, string> = {},
  { flags = FLAGS, cwd = Deno.cwd() }: CommandOptions = {},
): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, MAIN, ...args],
    cwd,
    env: { MEGAPTERA_CACHE: cacheFolder, NO_COLOR: "1", ...environment },
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs a command of this project to its end, in a process of its own. */
export async function megaptera(
  args: readonly string[],
  cacheFolder: string,
  environment: Record<string, string> = {},
  options: CommandOptions = {},
): Promise<Ended> {
  const command = megapteraCommand(args, cacheFolder, environment, options);
  const { code, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

/** The run before, as this process has one standard output. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Runs a command of this project to its end in this process, which takes a tenth of the time. Its rights
 * stay; where rights, signals, variables, a Worker's lines or the output itself are the point, a process
 * is needed.
 */
export function runHere(
  args: readonly string[],
  cacheFolder: string,
): Promise<Ended> {
  const ended = before.then(() => capture(args, cacheFolder));
  before = ended.catch(() => {});
  return ended;
}

async function capture(args: readonly string[], cacheFolder: string): Promise<Ended> {
  const told = { out: "", err: "" };
  const into = (name: keyof typeof told): (bytes: Uint8Array) => number => {
    const text = new TextDecoder();
    return (bytes) => {
      told[name] += text.decode(bytes, { stream: true });
      return bytes.length;
    };
  };
  const isTerminal = (): boolean => false;
  const putBack = [
    replace(Deno.stdout, { writeSync: into("out"), isTerminal }),
    replace(Deno.stderr, { writeSync: into("err"), isTerminal }),
    replace(Deno.stdin, { isTerminal }),
    // What a test gave back it would not get again.
    replace(Deno.permissions, { revokeSync: Deno.permissions.querySync }),
  ];
  try {
    const { signal } = new AbortController();
    const code = await run(args, { modelsFolder: `${cacheFolder}/models`, signal });
    return { code, ...told };
  } finally {
    for (const put of putBack) put();
  }
}

/** Replaces methods of an object; returns what puts them back. */
function replace<T extends object>(object: T, methods: Partial<T>): () => void {
  Object.assign(object, methods);
  return () => {
    for (const name of Object.keys(methods)) delete object[name as keyof T];
  };
}
