import { type Clock, dayOf, formatUtc, HOUR_MS, MegapteraError } from "../../core/mod.ts";
import { Resampler } from "../audio/mod.ts";
import {
  type Detector,
  DetectorFault,
  makeMethod,
  type Method,
  type Recipe,
} from "../detector/mod.ts";
import { SourceFault } from "../places/mod.ts";
import type { ScoreStore } from "../scores/mod.ts";
import { absentSpans, type Archive, type Catalogue, runStopMs, timeline } from "../timeline/mod.ts";
import { type HourOutcome, scoreOneHour } from "./score_one_hour.ts";
import { FirstHour } from "./write_hour.ts";

/** The hours of a range, how they are scored, and where their scores go. */
export interface RangeOptions {
  /** The recordings. */
  archive: Archive;
  /** Starts of the hours to score, epoch milliseconds, in the order that they are begun. */
  hours: readonly number[];
  /** One a worker: as many hours are scored at a time. All of them are the same detector. */
  detectors: readonly Detector[];
  recipe: Recipe;
  /** Factor that the audio is multiplied by (`--gain`). */
  gain: number;
  /** Channel of the recordings that is read, from 0. */
  channel: number;
  /** One store a class of the detector, in their order. */
  stores: readonly ScoreStore[];
  /** Scores hours again that are done, and replaces scores of another fingerprint. */
  force?: boolean | undefined;
  /** Tells when an hour was scored, and waits for other writers; the system's unless given. */
  clock?: Clock | undefined;
  /** Ends the range; hours in hand are dropped. */
  signal?: AbortSignal | undefined;
  /** Told how many bins of an hour in hand are decided. */
  onProgress?: ((hourMs: number, bins: number) => void) | undefined;
  /** Told each hour's outcome, in the order that they end. */
  onHour?: ((outcome: HourOutcome) => void) | undefined;
}

/**
 * Scores hours, as many at a time as there are detectors. Hours that are done are passed over; an
 * hour is written whole or not at all, so that it may be stopped at any moment and run again. A
 * recording whose audio turns out bad while it is read is a gap of its hour; where nothing else was
 * recorded in it, the hour fails by itself. Any other fault ends the range, and drops the hours in
 * hand.
 *
 * @param options What to score, with what, and where to.
 * @returns How each hour went, in the order of time.
 * @throws {MegapteraError} Where audio can't be had now or scores can't be written.
 * @throws {DOMException} `AbortError` where the signal said so.
 */
export async function scoreRange(options: RangeOptions): Promise<HourOutcome[]> {
  const { recipe, gain, channel, stores, hours, detectors, force, clock } = options;
  const methods = detectors.map((detector) => makeMethod({ detector, recipe, gain, channel }));
  const [{ classNames, sampleRateHz }] = detectors;
  if (stores.length !== classNames.length) {
    throw new RangeError(`Cannot score ${classNames.length} classes into ${stores.length} stores`);
  }
  for (const store of stores) await store.prepare(hours);
  const resamplerFor = resamplersTo(sampleRateHz);
  const failure = new AbortController();
  const signal = options.signal
    ? AbortSignal.any([options.signal, failure.signal])
    : failure.signal;
  const outcomes: HourOutcome[] = [];
  const queue = hours.values();
  const first = new FirstHour();
  const place = { stores, force, first, clock };
  const work = async (method: Method): Promise<void> => {
    const frontEnd = await method.detector.frontEnd.start();
    try {
      for (const hourMs of queue) {
        signal.throwIfAborted();
        const onProgress = (bins: number): void => options.onProgress?.(hourMs, bins);
        const outcome = await first.run(hourMs, async () => {
          const catalogue = await options.archive.day(dayOf(hourMs));
          return await unlessBad(hourMs, catalogue, (catalogue) => {
            const tools = { catalogue, frontEnd, resamplerFor, onProgress, signal };
            return scoreOneHour(hourMs, method, tools, place);
          });
        });
        outcomes.push(outcome);
        options.onHour?.(outcome);
      }
    } catch (error) {
      failure.abort(error);
      throw error;
    } finally {
      frontEnd.close();
    }
  };
  const ended = await Promise.allSettled(methods.map(work));
  // What can't be noted now costs only time when the range is run again.
  for (const store of stores) await store.index?.flush().catch(() => {});
  if (failure.signal.aborted) throw failure.signal.reason;
  for (const one of ended) if (one.status === "rejected") throw one.reason;
  return outcomes.sort((a, b) => a.hourMs - b.hourMs);
}

/** One resampler a rate, which all workers share. */
function resamplersTo(detectorRateHz: number): (rateHz: number) => Resampler {
  const resamplers = new Map<number, Resampler>();
  return (rateHz) => {
    const known = resamplers.get(rateHz) ?? new Resampler(rateHz, detectorRateHz);
    resamplers.set(rateHz, known);
    return known;
  };
}

/**
 * Bad audio in one recording must not cost others theirs: neither other hours, nor what else was
 * recorded in its hour.
 */
async function unlessBad(
  hourMs: number,
  catalogue: Catalogue,
  score: (catalogue: Catalogue) => Promise<HourOutcome>,
): Promise<HourOutcome> {
  const started = performance.now();
  try {
    return await score(catalogue);
  } catch (error) {
    if (error instanceof SourceFault && error.reason === "unreadable" && error.uri !== undefined) {
      const rest = withoutRecording(catalogue, error.uri, error.message, hourMs);
      if (rest) return await unlessBad(hourMs, rest, score);
    }
    const isAudio = error instanceof MegapteraError && error.kind === "data" &&
      !(error instanceof DetectorFault);
    if (!isAudio) throw error;
    const [start, stop] = [formatUtc(hourMs), formatUtc(hourMs + HOUR_MS)];
    return {
      hourMs,
      state: "failed",
      effortSeconds: 0,
      noEffort: [{ start, stop, reason: { kind: "unreadable", ...uriOfFault(error) } }],
      seconds: (performance.now() - started) / 1000,
      notes: [`Hour ${formatUtc(hourMs)} was not scored: ${error.message}`],
    };
  }
}

function uriOfFault(error: MegapteraError): { uri?: string } {
  return error instanceof SourceFault && error.uri !== undefined ? { uri: error.uri } : {};
}

/**
 * Makes the catalogue that an hour is scored by where the audio of one of its recordings turned out bad
 * while it was read: that recording is a gap with its reason.
 *
 * @param catalogue The recordings.
 * @param uri Which of them is bad.
 * @param reason Why, in one sentence that names it.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @returns The rest; nothing where none of it lies in the hour.
 */
function withoutRecording(
  catalogue: Catalogue,
  uri: string,
  reason: string,
  hourMs: number,
): Catalogue | undefined {
  const { entries, warnings, absent } = catalogue;
  const kept = entries.flatMap((entry, index) => entry.uri === uri ? [] : [index]);
  const rest = kept.map((index) => entries[index]);
  const isHeard = rest.some((entry) =>
    entry.startMs < hourMs + HOUR_MS && runStopMs(entry) > hourMs
  );
  if (!isHeard || kept.length === entries.length) return undefined;
  const bad = entries.filter((entry) => entry.uri === uri);
  return {
    entries: rest,
    timeline: timeline(rest),
    warnings: kept.map((index) => warnings[index]),
    absent: [...absent, ...absentSpans(bad, reason)],
    open: (entryIndex) => catalogue.open(kept[entryIndex]),
  };
}

/** More would wait for the thread that reads and prepares their audio (docs/speed.md). */
const MOST_WORKERS = 16;

/** How many hours are scored at a time, and on how many threads each. */
export interface WorkerPlan {
  workers: number;
  threads: number;
}

/**
 * Shares out cores: an hour a core, since one thread an hour wastes less than several; where
 * there are fewer hours, they share the cores.
 *
 * @param hours Hours to score, ≥ 1.
 * @param cores Cores of the machine.
 * @param asked What the user asked for.
 */
export function planWorkers(
  hours: number,
  cores: number,
  asked: { workers?: number; threads?: number },
): WorkerPlan {
  const fitting = Math.floor(cores / (asked.threads ?? 1));
  const workers = asked.workers ?? Math.max(1, Math.min(hours, fitting, MOST_WORKERS));
  return { workers, threads: asked.threads ?? Math.max(1, Math.floor(cores / workers)) };
}
