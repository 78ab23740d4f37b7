/** Audio at 10 kHz → mel frames → PCEN, to the published detector's constants. */
export * from "./geometry.ts";
export { type MelBand, melWeights } from "./mel_weights.ts";
export { MelSpectrogram } from "./mel_spectrogram.ts";
export { Pcen, type PcenParameters } from "./pcen.ts";
