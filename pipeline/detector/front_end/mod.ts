/**
 * Makes of audio what a network hears: mel frames with PCEN, or the waveform.
 *
 * @module
 */
export {
  framesIn,
  type FrontEnd,
  samplesOf,
  type StartedFrontEnd,
  WaveformFrontEnd,
  type WindowStream,
} from "./front_end.ts";
export {
  DETECTOR_SAMPLE_RATE_HZ,
  FRAME_SAMPLES,
  frameCount,
  FRONT_END_REVISION,
  HOP_SAMPLES,
  MEL_BANDS,
  samplesOfFrames,
  WINDOW_FRAMES,
  WINDOW_SAMPLES,
} from "./geometry.ts";
export { MelPcenFrontEnd } from "./mel_pcen_front_end.ts";
export { type MelBand, MelSpectrogram, melWeights } from "./mel_spectrogram.ts";
export { Pcen, type PcenParameters } from "./pcen.ts";
