import { Resampler } from "../../pipeline/audio/resampler.ts";
import {
  DETECTOR_SAMPLE_RATE_HZ,
  MEL_BANDS,
  MelSpectrogram,
  Pcen,
  WINDOW_FRAMES,
} from "../../pipeline/detector/mod.ts";
import type { Ocean } from "../../simulation/ocean/mod.ts";

const vector = (value: number): Float32Array => new Float32Array(MEL_BANDS).fill(value);

/** The constants that PCEN starts to learn from; the demo detector keeps them. */
const PCEN_PARAMETERS = {
  alpha: vector(0.98),
  delta: vector(2),
  root: vector(2),
  smoothing: 0.025,
};

/**
 * Mel frames of a whole ocean, through the project's own resampler and front end.
 *
 * @param ocean The ocean.
 * @returns `[frames, 64]`.
 */
export async function oceanMel(ocean: Ocean): Promise<Float32Array> {
  const { sampleRateHz, durationSeconds } = ocean;
  const resampler = new Resampler(sampleRateHz, DETECTOR_SAMPLE_RATE_HZ);
  const audio = ocean.render(0, durationSeconds);
  const wanted = { start: 0, count: resampler.outputLength(audio.length) };
  const span = resampler.inputSpan(wanted);
  const input = new Float32Array(span.count);
  input.set(audio.subarray(0, span.count + span.start), -span.start);
  const front = await MelSpectrogram.create();
  try {
    return front.frames(resampler.process(input, wanted));
  } finally {
    front.close();
  }
}

/**
 * One window as the network sees it.
 *
 * @param mel Mel frames `[frames, 64]`.
 * @param frame The window's first frame.
 * @param gain Factor on the audio's amplitude.
 * @returns PCEN `[128, 64]`.
 */
export function pcenWindow(mel: Float32Array, frame: number, gain: number): Float32Array {
  const size = WINDOW_FRAMES * MEL_BANDS;
  const loud = mel.slice(frame * MEL_BANDS, frame * MEL_BANDS + size);
  for (let i = 0; i < size; i++) loud[i] *= gain * gain; // mel is a square
  const window = new Float32Array(size);
  new Pcen(PCEN_PARAMETERS).apply(loud, 0, WINDOW_FRAMES, window, 0);
  return window;
}
