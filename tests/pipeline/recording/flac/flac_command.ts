import { interleave, signal } from "./signal.ts";
import type { Shape } from "./signal.ts";

/** Whether the command `flac` is installed. */
export const hasFlac = await runs();

async function runs(): Promise<boolean> {
  try {
    return (await new Deno.Command("flac", { args: ["--version"], stdout: "null" }).output())
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Writes the signal of a shape into a FLAC file by the command `flac`. */
export function encode(path: string, shape: Shape, args: readonly string[]): Promise<void> {
  return encodeSamples(path, interleave(signal(shape), shape.bits), shape, args);
}

/** Writes samples, little-endian and interleaved, into a FLAC file by the command `flac`. */
export async function encodeSamples(
  path: string,
  samples: Uint8Array,
  { channels, bits, sampleRateHz }: Pick<Shape, "channels" | "bits" | "sampleRateHz">,
  args: readonly string[] = [],
): Promise<void> {
  const raw = await Deno.makeTempFile();
  try {
    await Deno.writeFile(raw, samples);
    const format = [`--channels=${channels}`, `--bps=${bits}`, `--sample-rate=${sampleRateHz}`];
    const kind = ["--force-raw-format", "--sign=signed", "--endian=little", "--lax", "-s", "-f"];
    const { success } = await new Deno.Command("flac", {
      args: [...kind, ...format, ...args, "-o", path, raw],
    }).output();
    if (!success) throw new Error(`flac failed on ${path}`);
  } finally {
    await Deno.remove(raw);
  }
}
