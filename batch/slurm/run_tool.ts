import { MegapteraError } from "../../core/mod.ts";

/** How a tool of Slurm ended. */
export interface ToolResult {
  success: boolean;
  out: string;
  err: string;
}

/**
 * Runs one of Slurm's tools; its times come in UTC.
 *
 * @param name Which.
 * @param args Its arguments.
 * @param input What it reads.
 * @throws {MegapteraError} `configuration` where there is no such tool.
 */
export async function runTool(
  name: string,
  args: readonly string[],
  input = "",
): Promise<ToolResult> {
  try {
    const child = new Deno.Command(name, {
      args: [...args],
      // Else it ends long lists of waiting tasks with dots.
      env: { TZ: "UTC", LC_ALL: "C", SLURM_BITSTR_LEN: "0" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input)).catch(() => {});
    await writer.close().catch(() => {});
    const { success, stdout, stderr } = await child.output();
    const text = new TextDecoder();
    return { success, out: text.decode(stdout), err: text.decode(stderr).trim() };
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable) {
      throw new MegapteraError(
        "denied",
        `Cannot ask Slurm about jobs of this run as this command may not run ${name}: use ` +
          "batch-status, batch-cancel or batch-retry --on slurm.",
        { cause },
      );
    }
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new MegapteraError(
      "configuration",
      `Cannot ask Slurm as there is no ${name} here: run this on a machine of the cluster, or use ` +
        "--on local.",
      { cause },
    );
  }
}
