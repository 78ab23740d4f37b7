import { Resampler, runStopMs } from "../recording/mod.ts";
import { checkRecipe } from "./check_recipe.ts";
import { fingerprint as fingerprintOf } from "./fingerprint.ts";
import { HOUR_BINS, hourOf, hoursBetween } from "./hour.ts";
import { type HourInputs, hourInputs } from "./hour_inputs.ts";
import { doneManifest } from "./hour_state.ts";
import { makeManifest } from "./make_manifest.ts";
import { noEffortSpans } from "./no_effort.ts";
import { formatScoreCsv } from "./score_csv.ts";
import { type HourScores, scoreHour, type ScoringContext } from "./score_hour.ts";
import type { ScoreStore } from "./score_store.ts";

/** How one hour of a range went. */
export interface HourOutcome {
  hourMs: number;
  /** `done`: it was before; `no audio`: no recording covers it. */
  state: "scored" | "done" | "no audio";
  effortSeconds: number;
  /** Seconds that it took. */
  seconds: number;
  /** What is odd about it: one sentence each. */
  notes: readonly string[];
}

/** What a range is scored with. */
export interface RangeOptions extends Omit<ScoringContext, "frontEnd" | "resamplerFor"> {
  /** Where scores go: one store a class of the detector, in their order. */
  stores: readonly ScoreStore[];
  /** Hours of the day (UTC) that are wanted, `[from, to)`; all by default. */
  hoursOfDay?: { from: number; to: number } | undefined;
  /** Scores hours again that are done, and replaces scores of another fingerprint. */
  force?: boolean | undefined;
  /** Told each hour's outcome. */
  onHour?: ((outcome: HourOutcome) => void) | undefined;
}

/**
 * The hours that the recordings of a catalogue touch, first to last.
 *
 * @param options The catalogue, and which hours of the day.
 * @returns Starts of the hours, ascending, those without audio between others included.
 */
export function hoursOf(options: Pick<RangeOptions, "catalogue" | "hoursOfDay">): number[] {
  const { runs } = options.catalogue.timeline;
  const { from, to } = options.hoursOfDay ?? { from: 0, to: 24 };
  const hourOfDay = (hourMs: number): number => new Date(hourMs).getUTCHours();
  return hoursBetween(runs[0]?.startMs ?? 0, runs.length > 0 ? runStopMs(runs[runs.length - 1]) : 0)
    .filter((hourMs) => hourOfDay(hourMs) >= from && hourOfDay(hourMs) < to);
}

/**
 * Scores the hours of a catalogue into a folder, one after the other. Hours that are done are
 * passed over; an hour is written whole or not at all, so that it may be stopped at any moment and
 * run again.
 *
 * @param options What to score, with what, and where to.
 * @returns How each hour went.
 * @throws {MegapteraError} Where audio can't be read or scores can't be written.
 * @throws {DOMException} `AbortError` where the signal said so.
 */
export async function scoreRange(options: RangeOptions): Promise<HourOutcome[]> {
  const { detector, recipe, gain, channel } = options;
  const { weightsSha256, revision, classNames } = detector;
  checkRecipe(detector, recipe);
  if (options.stores.length !== classNames.length) {
    throw new RangeError(
      `Cannot score ${classNames.length} classes into ${options.stores.length} stores`,
    );
  }
  const fingerprint = fingerprintOf({
    weightsSha256,
    revision,
    recipe: recipe.name,
    gain,
    channel,
  });
  for (const store of options.stores) await store.prepare();
  const frontEnd = await detector.frontEnd.start();
  const resamplers = new Map<number, Resampler>();
  const resamplerFor = (rateHz: number): Resampler => {
    const known = resamplers.get(rateHz) ?? new Resampler(rateHz, detector.sampleRateHz);
    resamplers.set(rateHz, known);
    return known;
  };
  const outcomes: HourOutcome[] = [];
  try {
    for (const hourMs of hoursOf(options)) {
      options.signal?.throwIfAborted();
      const context = { ...options, frontEnd, resamplerFor };
      const outcome = await scoreOne(hourMs, context, fingerprint);
      outcomes.push(outcome);
      options.onHour?.(outcome);
    }
  } finally {
    frontEnd.close();
  }
  return outcomes;
}

async function scoreOne(
  hourMs: number,
  options: RangeOptions & ScoringContext,
  fingerprint: string,
): Promise<HourOutcome> {
  const { catalogue, recipe, detector, stores } = options;
  const started = performance.now();
  const inputs = hourInputs(hourMs, catalogue, recipe, detector);
  const { notes } = inputs;
  const done = options.force ? [] : await Promise.all(
    stores.map((store) => doneManifest(store, hourMs, inputs, fingerprint)),
  );
  // Every class has the effort of the others.
  if (done[0] && done.every((manifest) => manifest !== undefined)) {
    return { hourMs, state: "done", effortSeconds: done[0].effortSeconds, seconds: 0, notes };
  }
  const heard = inputs.runs.some((run) => hourOf(run.startMs) <= hourMs && runStopMs(run) > hourMs);
  const result = heard ? await scoreHour(hourMs, inputs, options) : withoutAudio(hourMs, inputs);
  options.signal?.throwIfAborted();
  const seconds = (performance.now() - started) / 1000;
  const how = { ...options, fingerprint, seconds };
  let effortSeconds = 0;
  for (const [kind, store] of stores.entries()) {
    const csv = heard ? formatScoreCsv(hourMs, result.scores[kind]) : undefined;
    const manifest = makeManifest(hourMs, inputs, result, kind, csv, how);
    ({ effortSeconds } = manifest);
    if (!done[kind]) await store.write(hourMs, manifest, csv);
  }
  return { hourMs, state: heard ? "scored" : "no audio", effortSeconds, seconds, notes };
}

function withoutAudio(hourMs: number, { runs, absent }: HourInputs): HourScores {
  const none = new Float64Array(HOUR_BINS).fill(NaN);
  const noEffort = noEffortSpans(hourMs, none, new Set(), runs, absent);
  return { scores: [], noEffort };
}
