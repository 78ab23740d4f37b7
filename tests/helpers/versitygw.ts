// deno-lint-ignore-file no-console
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "./free_port.ts";

const KEYS = { accessKey: "test", secretKey: "testtest" };

async function output(command: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch {
    return undefined;
  }
}

/** The real S3 server's program; nothing where it was not installed. */
export const VERSITYGW: string | undefined = await (async () => {
  if (await output("versitygw", ["--version"]) !== undefined) return "versitygw";
  const goPath = await output("go", ["env", "GOPATH"]);
  const path = goPath && join(goPath, "bin", "versitygw");
  if (path && await output(path, ["--version"]) !== undefined) return path;
  console.error(
    "Skipped: there is no versitygw for the tests with a real S3 server " +
      "(go install github.com/versity/versitygw/cmd/versitygw@v1.8.0).",
  );
  return undefined;
})();

/** A real S3 server on a free port, whose buckets are the folders of a folder. */
export interface Versitygw extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
}

/**
 * Starts versitygw.
 *
 * @param folder Each folder in it is a bucket.
 * @returns The server; its keys are in the environment of this process until it ends.
 */
export async function startVersitygw(folder: string): Promise<Versitygw> {
  const port = freePort();
  const args = ["--port", `127.0.0.1:${port}`, "--region", "us-west-2", "--quiet"];
  const process = new Deno.Command(VERSITYGW!, {
    args: [...args, "posix", folder],
    env: { ROOT_ACCESS_KEY: KEYS.accessKey, ROOT_SECRET_KEY: KEYS.secretKey },
    stdout: "null",
    stderr: "null",
  }).spawn();
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0;; tries++) {
    try {
      await (await fetch(origin)).body?.cancel();
      break;
    } catch (error) {
      if (tries === 100) throw error;
      await wait(50);
    }
  }
  // They stay: other test files in this process may be using such a server, too.
  Deno.env.set("AWS_ACCESS_KEY_ID", KEYS.accessKey);
  Deno.env.set("AWS_SECRET_ACCESS_KEY", KEYS.secretKey);
  return {
    origin,
    port,
    [Symbol.asyncDispose]: async () => {
      process.kill("SIGTERM");
      await process.status;
    },
  };
}
