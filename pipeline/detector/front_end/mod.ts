/** Audio at a detector's rate → what its network takes. */
export * from "./front_end.ts";
export * from "./geometry.ts";
export { type MelBand, melWeights } from "./mel_weights.ts";
export { MelPcenFrontEnd } from "./mel_pcen_front_end.ts";
export { MelSpectrogram } from "./mel_spectrogram.ts";
export { Pcen, type PcenParameters } from "./pcen.ts";
export { WaveformFrontEnd } from "./waveform_front_end.ts";
