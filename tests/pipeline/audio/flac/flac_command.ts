import { extensible, fmt, riff } from "../wav_bytes.ts";
import { containerBits, interleave, type Shape, signal } from "./signal.ts";

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

/**
 * Writes samples, little-endian and interleaved, into a FLAC file by the command `flac`. Those whose
 * bits make up no whole bytes stand in the higher bits of theirs, and go by a WAV file that says so.
 */
export async function encodeSamples(
  path: string,
  samples: Uint8Array,
  { channels, bits, sampleRateHz }: Pick<Shape, "channels" | "bits" | "sampleRateHz">,
  args: readonly string[] = [],
): Promise<void> {
  const input = await Deno.makeTempFile();
  try {
    const isRaw = bits % 8 === 0;
    const container = containerBits(bits);
    const extra = extensible(1, bits);
    const wav = { tag: 0xfffe, channels, sampleRateHz, bits: container, extra };
    const file = isRaw ? samples : riff([fmt(wav), { name: "data", body: samples }]);
    await Deno.writeFile(input, file);
    const format = [`--channels=${channels}`, `--bps=${bits}`, `--sample-rate=${sampleRateHz}`];
    const kind = ["--force-raw-format", "--sign=signed", "--endian=little", ...format];
    const { success } = await new Deno.Command("flac", {
      args: [...(isRaw ? kind : []), "--lax", "-s", "-f", ...args, "-o", path, input],
    }).output();
    if (!success) throw new Error(`flac failed on ${path}`);
  } finally {
    await Deno.remove(input);
  }
}
