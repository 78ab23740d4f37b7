/** Whether this is run by root; asked of the system's own tool, which needs no permission more. */
export async function isRoot(): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("id", { args: ["-u"] }).output();
    return new TextDecoder().decode(stdout).trim() === "0";
  } catch {
    return false;
  }
}
