import wavefile from "wavefile";

/**
 * Audio as a WAV of 16 bits, made loud enough to be heard: the highest sample is at half of full
 * scale, whatever the hydrophone's level.
 *
 * @param samples Mono samples.
 * @param sampleRateHz Their rate.
 * @returns A data URL.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(wavClip(new Float32Array(100), 10_000).startsWith("data:audio/wav;base64,UklGR"));
 * ```
 */
export function wavClip(samples: Float32Array, sampleRateHz: number): string {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = peak > 0 ? 0.5 * 32_767 / peak : 0;
  const wav = new wavefile.WaveFile();
  wav.fromScratch(1, sampleRateHz, "16", Int16Array.from(samples, (value) => value * gain));
  return `data:audio/wav;base64,${wav.toBuffer().toBase64()}`;
}
