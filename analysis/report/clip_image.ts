import { MEL_BANDS, type MelSpectrogram } from "../../pipeline/detector/mod.ts";
import { melImage } from "../charts/mod.ts";

/**
 * The spectrogram of a clip, as the detector hears it: mel bands from 0 to 5 kHz.
 *
 * @param samples Mono samples at 10 kHz, at least 1,024.
 * @param mel The front end.
 * @returns A PNG as a data URL, a column every 30 ms.
 */
export function clipImage(samples: Float32Array, mel: MelSpectrogram): string {
  const frames = mel.frames(samples);
  return melImage(frames.map((power) => 10 * Math.log10(power + 1e-12)), MEL_BANDS);
}
