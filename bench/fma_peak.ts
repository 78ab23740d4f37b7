import { fileURLToPath } from "node:url";

/**
 * One core's measured peak of 32-bit fused multiply-adds.
 *
 * @returns GFLOP/s; nothing where there is no C compiler.
 */
export async function fmaPeak(): Promise<number | undefined> {
  const folder = await Deno.makeTempDir();
  const program = `${folder}/fma_peak`;
  const source = fileURLToPath(new URL("./fma_peak.c", import.meta.url));
  try {
    let best: number | undefined;
    for (const lanes of [4, 8, 16]) {
      const arguments_ = ["-O3", "-march=native", "-ffp-contract=fast", `-DLANES=${lanes}`];
      const compiler = new Deno.Command("cc", { args: [...arguments_, "-o", program, source] });
      const compiled = await compiler.output();
      if (!compiled.success) continue;
      const { stdout, success } = await new Deno.Command(program).output();
      if (success) best = Math.max(best ?? 0, parseFloat(new TextDecoder().decode(stdout)));
    }
    return best;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
