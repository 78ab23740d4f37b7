import { formatUtc, MegapteraError } from "../../core/mod.ts";
import type { Resampler } from "../audio/mod.ts";
import type { Method, StartedFrontEnd } from "../detector/mod.ts";
import { HOUR_BINS, type NoEffortSpan, noEffortSpans } from "../scores/mod.ts";
import { type Catalogue, RunReader } from "../timeline/mod.ts";
import { BatchScorer, checkScore } from "./batch_scorer.ts";
import { HeardAudio, LostSpans } from "./heard_audio.ts";
import type { HourInputs } from "./hour_inputs.ts";
import { cutPiece } from "./piece.ts";
import { scorePiece } from "./score_piece.ts";

/** The recordings of an hour, and the tools that its worker scores it with. */
export interface HourWork {
  readonly catalogue: Catalogue;
  /** The detector's front end at work. */
  readonly frontEnd: StartedFrontEnd;
  /** Gives the resampler from a recording's rate to the detector's. */
  readonly resamplerFor: (sampleRateHz: number) => Resampler;
  /** Told how many of the hour's bins are decided. */
  readonly onProgress?: ((bins: number) => void) | undefined;
  /** Aborts the hour in hand. */
  readonly signal?: AbortSignal | undefined;
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
 * @param method How it is scored.
 * @param work Its recordings, and the tools.
 * @returns Its scores.
 * @throws {DOMException} `AbortError` where the signal said so.
 */
export async function scoreHour(
  hourMs: number,
  inputs: HourInputs,
  method: Method,
  work: HourWork,
): Promise<HourScores> {
  const { detector, recipe, channel } = method;
  const { catalogue, frontEnd, signal } = work;
  const scores = detector.classNames.map(() => new Float64Array(HOUR_BINS).fill(NaN));
  const dead = new Set<number>();
  let decided = 0;
  const batches = new BatchScorer(detector, (bin, found) => {
    scores.forEach((of, kind) => {
      of[bin] = checkScore(found[kind], detector, kind, hourMs + bin * 1000);
    });
    work.onProgress?.(++decided);
  }, (bin) => notFinite(hourMs + bin * 1000, method));
  const onSkipped = (bin: number, why: "dead" | "lost"): void => {
    if (why === "dead") dead.add(bin);
    work.onProgress?.(++decided);
  };
  const heard = new HeardAudio();
  const losses: LostSpans[] = [];
  for (const run of inputs.runs) {
    const resampler = work.resamplerFor(run.sampleRateHz);
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
      const tools = { frontEnd, resampler, reader, lost, signal };
      await scorePiece(piece, method, tools, batches, onSkipped);
      await reader.confirm();
    } finally {
      await reader.close();
    }
  }
  await batches.finish();
  const lost = losses.flatMap(({ times }) => times);
  const noEffort = noEffortSpans(hourMs, { ...inputs, lost }, scores[0], dead);
  const notes = await heard.notes(catalogue, inputs, method);
  return { scores, noEffort, notes, failed: heard.failed };
}

function notFinite(binMs: number, { gain, detector }: Method): MegapteraError {
  return new MegapteraError(
    "data",
    `Cannot score ${
      formatUtc(binMs)
    } with ${detector.name} as it takes finite numbers: the audio is ` +
      `too loud for it with --gain ${gain}, choose a smaller one.`,
  );
}
