import { join } from "node:path";
import { type Detector, loadDetector, RECIPES } from "../../pipeline/detector/mod.ts";
import { HOUR_BINS, ScoreStore } from "../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../pipeline/scoring/mod.ts";
import { type Catalogue, catalogueFiles } from "../../pipeline/timeline/mod.ts";
import { demoHour, makeOcean, type Ocean, writeMadeUpWav } from "../../simulation/ocean/mod.ts";
import { Progress } from "./progress.ts";

/** Start of the made-up hour. */
export const HOUR_START_MS = Date.UTC(2021, 0, 1);
const SAMPLE_RATE_HZ = 16_000;

/** An hour of made-up ocean, on disk. */
export interface MadeUpHour {
  ocean: Ocean;
  /** The recording. */
  wav: string;
  catalogue: Catalogue;
}

/**
 * Makes an hour of ocean with song and other sounds in it, as a WAV.
 *
 * @param folder Where it goes.
 */
export async function makeUpHour(folder: string): Promise<MadeUpHour> {
  const ocean = makeOcean({ ...demoHour(), sampleRateHz: SAMPLE_RATE_HZ });
  const wav = join(folder, "MADEUP-20210101T000000Z-16kHz.wav");
  await writeMadeUpWav(wav, ocean);
  return { ocean, wav, catalogue: await catalogueFiles([wav]) };
}

/** Loads the demo detector, which comes along. */
export async function loadDemo(): Promise<Detector> {
  return await loadDetector({ model: "demo", threads: 2, modelsFolder: "" });
}

/**
 * Scores the first hour of recordings into a score file, with a progress bar.
 *
 * @param catalogue The recordings.
 * @param detector What scores them.
 * @param folder Where the scores go.
 */
export async function score(
  catalogue: Catalogue,
  detector: Detector,
  folder: string,
): Promise<void> {
  const whole = wholeCatalogue(catalogue);
  const range = { ...whole, hours: whole.hours.slice(0, 1) };
  const progress = new Progress(
    range.hours.length * HOUR_BINS,
    "seconds scored",
  );
  const done = new Map<number, number>();
  const total = (): number => [...done.values()].reduce((sum, bins) => sum + bins, 0);
  await scoreRange({
    ...range,
    detectors: [detector],
    recipe: RECIPES.exact,
    gain: 1,
    channel: 0,
    stores: [new ScoreStore(folder)],
    signal: new AbortController().signal,
    onProgress: (hourMs, bins) => void progress.at((done.set(hourMs, bins), total() - 1)),
  });
  await progress.at(range.hours.length * HOUR_BINS);
}
