import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";

/** Amplitude in second `n` of what `writeSteps` writes. */
export function stepAmplitude(n: number): number {
  return Math.round((1 + n % 7) / 10 * 32_767) / 32_768;
}

/**
 * Writes a recording whose mean square is known: in each second the samples are plus and minus that
 * second's amplitude in turn, so that none repeats the one before.
 */
export async function writeSteps(
  path: string,
  seconds: number,
  sampleRateHz: number,
): Promise<void> {
  const samples = Int16Array.from(
    { length: seconds * sampleRateHz },
    (_, i) => (i % 2 === 0 ? 1 : -1) * 32_768 * stepAmplitude(Math.floor(i / sampleRateHz)),
  );
  const data = { name: "data", body: new Uint8Array(samples.buffer) };
  await Deno.writeFile(path, riff([fmt({ sampleRateHz }), data]));
}
