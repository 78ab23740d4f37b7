import { formatUtc, MegapteraError, REAL_CLOCK } from "../../core/mod.ts";
import { StorageConflict } from "../places/mod.ts";
import {
  type FoundHour,
  isWhole,
  type Manifest,
  parseScoreCsv,
  type ScoreStore,
} from "../scores/mod.ts";
import { digestOf } from "./hour_state.ts";

/** Two machines of different types differ by less in a score, where all else is the same. */
const AGREE_WITHIN = 1e-3;
/** How often an hour is written that others change meanwhile. */
const MOST_TRIES = 5;
/** Pauses between looks at what another worker is writing: a few seconds in all. */
const FIRST_PAUSE_MS = 20;
const LAST_PAUSE_MS = 2000;

/** An hour that is to be written. */
interface HourToWrite {
  /** Start of the hour, epoch milliseconds. */
  readonly hourMs: number;
  readonly manifest: Manifest;
  /** Its scores; nothing where it has no audio. */
  readonly csv: string | undefined;
  /** Whatever lay there before. */
  readonly found: FoundHour;
  /** Replaces scores that were made another way. */
  readonly force?: boolean | undefined;
}

/** Versions of an hour's files, whoever wrote them. */
export interface WrittenHour {
  readonly manifestVersion: string | null;
  readonly csvVersion: string | null;
}

/**
 * Writes an hour where another worker may be writing the same one. The first one's files stay where
 * its scores agree. Scores that were made another way are left as they are, or with `force` replaced
 * for as long as nobody has replaced the first hour that this run wrote.
 *
 * @param store Where to.
 * @param hour What is to be written.
 * @param first The first hour of the run.
 * @param clock Waits for other writers.
 * @returns The versions of the files that lie there now.
 * @throws {MegapteraError} `data` where another worker's scores differ; `configuration` where they
 * were made another way; `retry` where they were made from other recordings, or it is never done.
 */
export async function writeHour(
  store: ScoreStore,
  hour: HourToWrite,
  first: FirstHour,
  { sleep } = REAL_CLOCK,
): Promise<WrittenHour> {
  const { hourMs, manifest, csv, found, force } = hour;
  const { fingerprint } = manifest;
  if (force && await first.stands(store, fingerprint) === false) throw madeAnotherWay(store, hour);
  let there = found;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      const written = await store.write(hourMs, manifest, csv, there);
      // Another may have written its manifest in between, and its scores not yet.
      if (await store.holds(hourMs, manifest)) return written;
    } catch (error) {
      if (!(error instanceof StorageConflict)) throw error;
    }
    there = await settled(store, hour, sleep);
    if (isOthers(there, hour)) {
      const isOurs = force && await first.stands(store, manifest.fingerprint);
      if (!isOurs) throw madeAnotherWay(store, hour);
    } else if (isWhole(there)) {
      checkAgreement(store, hour, there);
      return there;
    }
  }
  throw new MegapteraError(
    "retry",
    `Cannot write hour ${
      formatUtc(hourMs)
    } to ${store.name} as another worker keeps changing it: ` +
      "run the same command again when it has ended.",
  );
}

/**
 * Waits until the writer of what lies there of an hour has come to an end with it, for some seconds.
 */
async function settled(
  store: ScoreStore,
  hour: HourToWrite,
  sleep: (ms: number) => Promise<void>,
): Promise<FoundHour> {
  for (let pauseMs = FIRST_PAUSE_MS;; pauseMs *= 2) {
    const there = await store.findNow(hour.hourMs);
    if (isWhole(there) || isOthers(there, hour) || pauseMs > LAST_PAUSE_MS) return there;
    // Two that wait for each other must not look at the same moments.
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

/**
 * Tells whether an hour is another run's, which scores it another way: its manifest claims it. Where two
 * replaced an hour in the same moment, one's manifest may lie beside the other's scores; it is neither's
 * then, and who sees it writes both again.
 */
function isOthers(there: FoundHour, { manifest, csv, force }: HourToWrite): boolean {
  if (!there.manifest || there.manifest.fingerprint === manifest.fingerprint) return false;
  if (isWhole(there)) return true;
  return !force && (csv === undefined || there.csv !== csv);
}

function madeAnotherWay(store: ScoreStore, { hourMs }: HourToWrite): MegapteraError {
  return new MegapteraError(
    "configuration",
    `Cannot write hour ${
      formatUtc(hourMs)
    } to ${store.name} as another worker is scoring the same ` +
      "hours there another way (detector, recipe, gain or channel), and came first: choose another " +
      "--out.",
  );
}

function checkAgreement(
  store: ScoreStore,
  { hourMs, manifest, csv }: HourToWrite,
  there: FoundHour,
): void {
  const differs = differenceOf(csv, there.csv, store.csvPath(hourMs));
  if (differs === undefined) return;
  const { fingerprint } = manifest;
  const isOfOthers = digestOf(manifest, fingerprint) !== digestOf(there.manifest!, fingerprint);
  const what = `Cannot write hour ${formatUtc(hourMs)} to ${store.name} as another worker's scores`;
  throw isOfOthers
    ? new MegapteraError(
      "retry",
      `${what} are of other recordings, since some came or changed meanwhile: run the same command ` +
        "again.",
    )
    : new MegapteraError(
      "data",
      `${what}, made the same way, differ ${differs}: score the hour again with --force on one ` +
        "machine.",
    );
}

/** Finds where two hours' scores differ by more than machines do; nothing where they agree. */
function differenceOf(
  mine: string | undefined,
  theirs: string | undefined,
  name: string,
): string | undefined {
  if (mine === theirs) return undefined;
  if (mine === undefined || theirs === undefined) return "in that one has no audio";
  const [a, b] = [mine, theirs].map((text) => parseScoreCsv(text, name).scores);
  const bin = a.findIndex((score, i) =>
    !(Math.abs(score - b[i]) <= AGREE_WITHIN) &&
    !(Number.isNaN(score) && Number.isNaN(b[i]))
  );
  return bin < 0 ? undefined : `in second ${bin}: ${a[bin]} and ${b[bin]}`;
}

/**
 * The first hour that a run writes, which is its claim on the scores of a place: the run writes no
 * other before it, so of two runs that score the same hours in different ways, however many workers
 * each has, the second meets the first's claim before it has written anything.
 */
export class FirstHour {
  /** In the order that they were begun. */
  readonly #inHand: number[] = [];
  #hourMs: number | undefined;
  #failure: { error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  /**
   * Works on an hour; all runs begin hours in one order.
   *
   * @param hourMs Start of the hour, epoch milliseconds.
   * @param work Waits for its turn before it writes, and notes what it wrote.
   * @returns What the work returns.
   */
  async run<Result>(hourMs: number, work: () => Promise<Result>): Promise<Result> {
    this.#inHand.push(hourMs);
    try {
      return await work();
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    } finally {
      this.#inHand.splice(this.#inHand.indexOf(hourMs), 1);
      this.#change();
    }
  }

  /**
   * Waits until an hour may be written: it is the first, or the first is written.
   *
   * @param hourMs Start of the hour, epoch milliseconds.
   * @throws Whatever another hour has ended the run with.
   */
  async turn(hourMs: number): Promise<void> {
    while (this.#hourMs === undefined && this.#inHand[0] !== hourMs) await this.#changed.promise;
    if (this.#failure) throw this.#failure.error;
  }

  /** Notes that an hour was written. */
  wrote(hourMs: number): void {
    this.#hourMs ??= hourMs;
    this.#change();
  }

  /**
   * Tells whether the claim stands.
   *
   * @param store Where the hours lie.
   * @param fingerprint What decides this run's scores.
   * @returns Whether the first hour is this run's still; nothing where none is written yet.
   */
  async stands(store: ScoreStore, fingerprint: string): Promise<boolean | undefined> {
    if (this.#hourMs === undefined) return undefined;
    return (await store.readManifest(this.#hourMs))?.fingerprint === fingerprint;
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
