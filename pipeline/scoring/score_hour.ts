import { formatUtc, MegapteraError } from "../../core/mod.ts";
import type { Resampler } from "../audio/mod.ts";
import type { Detector, Recipe, StartedFrontEnd } from "../detector/mod.ts";
import { HOUR_BINS, type NoEffortSpan, noEffortSpans } from "../scores/mod.ts";
import { type Catalogue, RunReader } from "../timeline/mod.ts";
import { BatchScorer, checkScore } from "./batch_scorer.ts";
import { HeardAudio, LostSpans } from "./heard_audio.ts";
import type { HourInputs } from "./hour_inputs.ts";
import { cutPiece } from "./piece.ts";
import { scorePiece } from "./score_piece.ts";

/** What hours are scored with. */
export interface ScoringContext {
  detector: Detector;
  recipe: Recipe;
  /** What `--gain` multiplies the audio by. */
  gain: number;
  /** Channel of the recordings, from 0. */
  channel: number;
  catalogue: Catalogue;
  /** The detector's front end at work. */
  frontEnd: StartedFrontEnd;
  /** Gives the resampler from a recording's rate to the detector's. */
  resamplerFor: (sampleRateHz: number) => Resampler;
  /** Told how many of the hour's bins are decided. */
  onProgress?: ((bins: number) => void) | undefined;
  /** Aborts the hour in hand. */
  signal?: AbortSignal | undefined;
}

/** An hour's scores, and where there are none. */
export interface HourScores {
  /** One array a class, `[3600]`, 0 to 1; NaN without effort. None where the hour has no audio. */
  scores: Float64Array[];
  /** Spans without effort, which are those of every class. */
  noEffort: NoEffortSpan[];
  /** What turned out to be odd about its audio: one sentence each. */
  notes: string[];
  /** URIs of recordings of which the disk failed to give a part: another try may have it. */
  failed: ReadonlySet<string>;
}

/**
 * Scores one hour. An hour scored alone equals the hour scored in a range: windows and filters
 * take what they need from neighbouring hours and files.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param inputs What the hour is made from.
 * @param context What it is scored with.
 * @returns Its scores.
 * @throws {DOMException} `AbortError` where the signal said so.
 */
export async function scoreHour(
  hourMs: number,
  inputs: HourInputs,
  context: ScoringContext,
): Promise<HourScores> {
  const { detector, recipe, catalogue, channel } = context;
  const scores = detector.classNames.map(() => new Float64Array(HOUR_BINS).fill(NaN));
  const dead = new Set<number>();
  let decided = 0;
  const batches = new BatchScorer(detector, (bin, found) => {
    scores.forEach((of, kind) => {
      of[bin] = checkScore(found[kind], detector, kind, hourMs + bin * 1000);
    });
    context.onProgress?.(++decided);
  }, (bin) => notFinite(hourMs + bin * 1000, context));
  const onSkipped = (bin: number, why: "dead" | "lost"): void => {
    if (why === "dead") dead.add(bin);
    context.onProgress?.(++decided);
  };
  const heard = new HeardAudio();
  const losses: LostSpans[] = [];
  for (const run of inputs.runs) {
    const resampler = context.resamplerFor(run.sampleRateHz);
    const piece = cutPiece(hourMs, run, recipe, resampler, detector);
    if (!piece) continue;
    const lost = new LostSpans(run);
    losses.push(lost);
    const reader = new RunReader(run, {
      ...catalogue,
      channel,
      onRead: (entryIndex, recording, samples) => heard.onRead(entryIndex, recording, samples),
      onLost: (frames, source) => {
        lost.add(frames, source);
        heard.onLost(frames, source.uri);
      },
    });
    try {
      await scorePiece(piece, { ...context, reader, resampler, lost }, batches, onSkipped);
      await reader.confirm();
    } finally {
      await reader.close();
    }
  }
  await batches.finish();
  const lost = losses.flatMap(({ times }) => times);
  const noEffort = noEffortSpans(hourMs, { ...inputs, lost }, scores[0], dead);
  const notes = await heard.notes(catalogue, inputs, context);
  return { scores, noEffort, notes, failed: heard.failed };
}

function notFinite(binMs: number, { gain, detector }: ScoringContext): MegapteraError {
  return new MegapteraError(
    "data",
    `Cannot score ${
      formatUtc(binMs)
    } with ${detector.name} as it takes finite numbers: the audio is ` +
      `too loud for it with --gain ${gain}, choose a smaller one.`,
  );
}
