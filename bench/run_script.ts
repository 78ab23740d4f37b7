import { fileURLToPath } from "node:url";

/** What a script measured of itself. */
export interface Measured {
  windows: number;
  seconds: number;
  cpuSeconds: number;
  /** When the first score was there, epoch milliseconds; 0 where it was not looked at. */
  firstScore: number;
  peakMegabytes: number;
}

/**
 * Runs a script of this folder in a process of its own.
 *
 * @param script Its path, from here.
 * @param args Its arguments.
 * @returns What it printed, and when it was started, epoch milliseconds.
 */
export async function runScript(
  script: string,
  args: string[],
): Promise<Measured & { started: number }> {
  const started = Date.now();
  const path = fileURLToPath(new URL(script, import.meta.url));
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--allow-read", "--allow-write", "--allow-env", "--allow-ffi"],
      ...["--allow-net=127.0.0.1", path, ...args],
    ],
    stderr: "inherit",
  });
  const { stdout, success } = await command.output();
  if (!success) throw new Error(`${script} failed`);
  return { ...JSON.parse(new TextDecoder().decode(stdout)), started };
}
