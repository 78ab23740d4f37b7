import type { Detector } from "../../pipeline/detector/mod.ts";

/** How long is measured, in milliseconds: a few batches of the published detector. */
const MEASURED_MS = 2000;

/**
 * Measures how many windows a second all workers score together. The network alone is measured:
 * reading and the front end add a few per cent (docs/speed.md).
 *
 * @param detectors The workers' detectors.
 * @returns Windows a second.
 */
export async function windowsPerSecond(detectors: readonly Detector[]): Promise<number> {
  const batch = async ({ engine, frontEnd }: Detector): Promise<number> => {
    const { windowFrames, frameValues } = frontEnd;
    const windows = new Float32Array(engine.batchWindows * windowFrames * frameValues);
    await engine.run(windows);
    return engine.batchWindows;
  };
  await Promise.all(detectors.map(batch)); // the first one is slower
  const started = performance.now();
  const scored = await Promise.all(detectors.map(async (detector) => {
    let windows = 0;
    while (performance.now() - started < MEASURED_MS) windows += await batch(detector);
    return windows;
  }));
  const seconds = (performance.now() - started) / 1000;
  return scored.reduce((sum, windows) => sum + windows, 0) / seconds;
}
