import type { Detector } from "../../pipeline/detector/detector.ts";
import { WaveformFrontEnd } from "../../pipeline/detector/mod.ts";

/** What a fake waveform detector is to be. */
export interface FakeWaveform {
  sampleRateHz: number;
  windowSamples: number;
  /** Gives a window's scores, one a class. */
  score: (window: Float32Array) => readonly number[];
  classNames?: readonly string[];
}

/** A detector over the samples themselves, whose scores a test computes. */
export function fakeWaveformDetector(
  { sampleRateHz, windowSamples, score, classNames = ["loud"] }: FakeWaveform,
): Detector {
  const run = (windows: Float32Array) => {
    const count = windows.length / windowSamples;
    const scores = Array.from(
      { length: count },
      (_, n) => score(windows.subarray(n * windowSamples, (n + 1) * windowSamples)),
    );
    return Promise.resolve({ scores: Float32Array.from(scores.flat()) });
  };
  return {
    name: "fake waveform",
    sampleRateHz,
    windowSeconds: windowSamples / sampleRateHz,
    hopSeconds: 1,
    classNames,
    weightsSha256: "0".repeat(64),
    revision: "fake",
    recipes: ["exact"],
    frontEnd: new WaveformFrontEnd(windowSamples, sampleRateHz),
    engine: { description: "fake", batchWindows: 4, run, close: () => {} },
  };
}
