import { basename } from "node:path";
import { type Clock, formatUtc, hourOf, REAL_CLOCK, VERSION } from "../../core/mod.ts";
import type { Method } from "../detector/mod.ts";
import {
  formatScoreCsv,
  heardSeconds,
  hourPath,
  type Manifest,
  type NoEffortSpan,
  noEffortSpans,
  type ScoreStore,
  sha256,
} from "../scores/mod.ts";
import { runStopMs, zonelessNote } from "../timeline/mod.ts";
import { type HourInputs, hourInputs } from "./hour_inputs.ts";
import { digestOf, type HourState, hourState } from "./hour_state.ts";
import { otherStart, staleHour } from "./other_starts.ts";
import { type HourScores, type HourWork, scoreHour } from "./score_hour.ts";
import { type FirstHour, writeHour, type WrittenHour } from "./write_hour.ts";

/** How one hour of a range went. */
export interface HourOutcome {
  hourMs: number;
  /** `done`: it was before; `no audio`: no recording covers it; `failed`: its audio is bad. */
  state: "scored" | "done" | "no audio" | "failed";
  effortSeconds: number;
  /** Bins without effort, and why. */
  noEffort: readonly NoEffortSpan[];
  /** Seconds that it took. */
  seconds: number;
  /** What is odd about it: one sentence each; of an hour that failed, why. */
  notes: readonly string[];
}

/** The place that an hour's scores go to, and the rules of writing there. */
export interface HourPlace {
  /** One store a class of the detector, in their order. */
  readonly stores: readonly ScoreStore[];
  /** Scores it again where it is done, and replaces scores of another fingerprint. */
  readonly force?: boolean | undefined;
  /** The first hour that the run writes, before all others. */
  readonly first: FirstHour;
  /** Tells when an hour was scored, and waits for other writers; the system's unless given. */
  readonly clock?: Clock | undefined;
}

/**
 * Scores an hour into its stores, unless it is done. It is written whole or not at all.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param method How it is scored.
 * @param work Its recordings, and the tools.
 * @param place Where its scores go.
 * @returns How it went.
 * @throws {MegapteraError} Where audio can't be read or scores can't be written.
 * @throws {DOMException} `AbortError` where the signal said so.
 */
export async function scoreOneHour(
  hourMs: number,
  method: Method,
  work: HourWork,
  place: HourPlace,
): Promise<HourOutcome> {
  const { recipe, detector, fingerprint } = method;
  const { catalogue } = work;
  const { stores, force, first } = place;
  const clock = { ...REAL_CLOCK, ...place.clock };
  const startedMs = clock.nowMs();
  const inputs = hourInputs(hourMs, catalogue, recipe, detector);
  const { notes } = inputs;
  const states = await Promise.all(
    stores.map((store) =>
      force ? findForced(store, hourMs) : hourState(store, hourMs, inputs, fingerprint)
    ),
  );
  // Every class has the effort of the others.
  if (states.every(({ done }) => done !== undefined)) {
    const { effortSeconds, noEffort } = states[0].done!;
    return { hourMs, state: "done", effortSeconds, noEffort, seconds: 0, notes };
  }
  for (const [i, { found }] of states.entries()) {
    const stale = !force && found?.manifest && staleHour(found.manifest, catalogue.entries);
    if (stale) throw otherStart(stores[i], stale);
  }
  const heard = inputs.runs.some((run) => hourOf(run.startMs) <= hourMs && runStopMs(run) > hourMs);
  const result: HourScores = heard
    ? await scoreHour(hourMs, inputs, method, work)
    : { scores: [], noEffort: noEffortSpans(hourMs, inputs), notes: [], failed: new Set() };
  await first.turn(hourMs);
  work.signal?.throwIfAborted();
  const { noEffort } = result;
  const finishedMs = clock.nowMs();
  const seconds = (finishedMs - startedMs) / 1000;
  let effortSeconds = 0;
  for (const [kind, store] of stores.entries()) {
    const csv = heard ? formatScoreCsv(hourMs, result.scores[kind]) : undefined;
    const manifest = makeManifest(hourMs, inputs, result, kind, csv, method, {
      startedMs,
      finishedMs,
    });
    ({ effortSeconds } = manifest);
    if (states[kind].done) continue;
    const found = states[kind].found!;
    const written = await writeHour(store, { hourMs, manifest, csv, found, force }, first, clock);
    await note(store, hourMs, written, digestOf(manifest, fingerprint), manifest);
  }
  first.wrote(hourMs);
  return {
    hourMs,
    state: heard ? "scored" : "no audio",
    effortSeconds,
    noEffort,
    seconds,
    notes: [...notes, ...result.notes],
  };
}

/** Finds what is to be replaced, whatever made it. */
async function findForced(store: ScoreStore, hourMs: number): Promise<HourState> {
  return { found: await store.versions(hourMs) };
}

/** Notes for the next run that an hour with scores is done. */
async function note(
  store: ScoreStore,
  hourMs: number,
  { manifestVersion: manifest, csvVersion: csv }: WrittenHour,
  digest: string,
  { effortSeconds, noEffort }: Manifest,
): Promise<void> {
  if (manifest === null || csv === null) return;
  await store.index?.set(hourMs, { manifest, csv, digest, effortSeconds, noEffort });
}

/**
 * Makes an hour's manifest.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param inputs What it was made from.
 * @param result Its scores and where there are none.
 * @param kind Which of the detector's classes the manifest is of.
 * @param csv The text of that class's scores; nothing where the hour has no audio.
 * @param method How it was scored.
 * @param times When its work began and ended, epoch milliseconds.
 */
function makeManifest(
  hourMs: number,
  inputs: HourInputs,
  { scores, noEffort, notes, failed }: HourScores,
  kind: number,
  csv: string | undefined,
  { detector, recipe, gain, channel, fingerprint }: Method,
  { startedMs, finishedMs }: { startedMs: number; finishedMs: number },
): Manifest {
  const { name, notice, weightsSha256, sampleRateHz, windowSeconds, hopSeconds } = detector;
  const { classNames, calls } = detector;
  const zoneless = zonelessNote(inputs.files.filter(({ zoneAssumed }) => zoneAssumed).length);
  return {
    format: "megaptera-scores/2",
    hour: formatUtc(hourMs),
    detector: {
      name,
      ...(notice === undefined ? {} : { notice }),
      weightsSha256,
      sampleRateHz,
      windowSeconds,
      hopSeconds,
      classNames: [...classNames],
      ...(calls === undefined ? {} : { calls }),
    },
    ...(classNames.length === 1 ? {} : { class: classNames[kind] }),
    fingerprint,
    recipe: recipe.name,
    clock: recipe.clock,
    gain,
    channel,
    files: inputs.files.map((file) => failed.has(file.uri) ? { ...file, failed: true } : file),
    segments: inputs.segments,
    notes: [...zoneless === undefined ? [] : [zoneless], ...inputs.notes, ...notes],
    effortSeconds: (scores[kind] ?? []).filter((score) => !Number.isNaN(score)).length,
    noEffort,
    csv: csv === undefined
      ? null
      : { name: `${basename(hourPath(hourMs))}.csv`, sha256: sha256(csv) },
    run: {
      megaptera: VERSION,
      engine: detector.engine.description,
      deno: Deno.version.deno,
      machine: `${Deno.build.os} ${Deno.build.arch}, ${navigator.hardwareConcurrency} cores`,
      finished: new Date(finishedMs).toISOString(),
      seconds: Math.max(0, finishedMs - startedMs) / 1000,
    },
  };
}

/** Sums hours up for a log: how many there are of each state, and seconds of audio and effort. */
export function sumOutcomes(
  outcomes: readonly HourOutcome[],
): { hours: Record<string, number>; audio_s: number; effort_s: number } {
  const of = (state: HourOutcome["state"]): readonly HourOutcome[] =>
    outcomes.filter((hour) => hour.state === state);
  return {
    hours: {
      scored: of("scored").length,
      done: of("done").length,
      no_audio: of("no audio").length,
      failed: of("failed").length,
    },
    audio_s: of("scored").reduce((sum, hour) => sum + heardSeconds(hour), 0),
    effort_s: outcomes.reduce((sum, { effortSeconds }) => sum + effortSeconds, 0),
  };
}

/** Gives what is logged of an hour, for machines. */
export function hourRecord(outcome: HourOutcome): Record<string, unknown> {
  const { hourMs, state, effortSeconds, noEffort, seconds, notes } = outcome;
  return {
    event: "hour",
    hour: formatUtc(hourMs),
    state,
    audio_s: heardSeconds(outcome),
    effort_s: effortSeconds,
    seconds: Number(seconds.toFixed(3)),
    no_effort: noEffort,
    notes,
  };
}
