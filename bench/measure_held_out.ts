import { join } from "node:path";
import { averagePrecision } from "../analysis/evaluation/mod.ts";
import { type Detector, loadDetector, RECIPES } from "../pipeline/detector/mod.ts";
import { readScores, ScoreStore } from "../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../pipeline/scoring/mod.ts";
import { catalogueFiles } from "../pipeline/timeline/mod.ts";
import { makeOcean, planOcean, writeMadeUpWav } from "../simulation/ocean/mod.ts";

const OCEAN_SECONDS = 600;
/** Training drew its oceans from seeds 1,000 to 30,023. */
const FIRST_SEED = 40_000;

/** How the detector did. */
export interface HeldOut {
  seconds: number;
  averagePrecision: number;
  /** Share of the seconds of song with a score of 0.5 or more. */
  recall: number;
  /** Seconds without song by what else is in their window, and how many of them score ≥ 0.5. */
  withoutSong: Map<string, { seconds: number; mistaken: number }>;
}

/**
 * Scores made-up oceans with the demo detector and compares each second with the truth: a second is
 * song where at least half of the second in the middle of its window is.
 *
 * @param oceans How many oceans of 10 minutes.
 */
export async function measureHeldOut(oceans: number): Promise<HeldOut> {
  const threads = navigator.hardwareConcurrency;
  const detector = await loadDetector({ model: "demo", threads, modelsFolder: "" });
  const scores: number[] = [];
  const truths: boolean[] = [];
  const withoutSong: HeldOut["withoutSong"] = new Map();
  try {
    for (let index = 0; index < oceans; index++) {
      const ocean = makeOcean({
        ...planOcean({ seed: FIRST_SEED + index, durationSeconds: OCEAN_SECONDS }),
        sampleRateHz: 16_000,
      });
      const overlap = (start: number, stop: number, span: (typeof ocean.truth)[number]): number =>
        Math.max(0, Math.min(stop, span.stopSeconds) - Math.max(start, span.startSeconds));
      const found = await scoreOcean(detector, ocean);
      found.forEach((score, second) => {
        if (Number.isNaN(score)) return;
        const middle = second + (detector.windowSeconds - 1) / 2;
        const sung = ocean.truth.filter(({ kind }) => kind === "song")
          .reduce((sum, span) => sum + overlap(middle, middle + 1, span), 0);
        scores.push(score);
        truths.push(sung >= 0.5);
        const stop = second + detector.windowSeconds;
        const heard = ocean.truth.filter((span) => overlap(second, stop, span) > 0);
        if (heard.some(({ kind }) => kind === "song")) return;
        for (
          const kind of heard.length === 0 ? ["nothing but noise"] : heard.map(({ kind }) => kind)
        ) {
          const count = withoutSong.get(kind) ?? { seconds: 0, mistaken: 0 };
          count.seconds++;
          if (score >= 0.5) count.mistaken++;
          withoutSong.set(kind, count);
        }
      });
    }
  } finally {
    detector.engine.close();
  }
  const sung = truths.filter(Boolean).length;
  return {
    seconds: scores.length,
    averagePrecision: averagePrecision(scores, truths),
    recall: scores.filter((score, i) => truths[i] && score >= 0.5).length / sung,
    withoutSong,
  };
}

async function scoreOcean(
  detector: Detector,
  ocean: ReturnType<typeof makeOcean>,
): Promise<Float64Array> {
  const folder = await Deno.makeTempDir();
  try {
    const wav = join(folder, "MADEUP-20210101T000000Z.wav");
    await writeMadeUpWav(wav, ocean);
    const store = new ScoreStore(folder);
    const catalogue = await catalogueFiles([wav]);
    const { exact } = RECIPES;
    await scoreRange({
      ...wholeCatalogue(catalogue),
      detectors: [detector],
      recipe: exact,
      gain: 1,
      channel: 0,
      stores: [store],
    });
    const [hour] = await Array.fromAsync(readScores(folder));
    return hour.scores;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
