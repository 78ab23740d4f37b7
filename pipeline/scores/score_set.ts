import { HOUR_MS, MegapteraError } from "../../core/mod.ts";
import { type BoutConvention, PUBLISHED_WINDOW_SECONDS } from "../detector/mod.ts";
import { openReadable, type ReadableStorage, type RemoteAccess } from "../places/mod.ts";
import { type SaidSchedule, Schedule, type TimeSpan } from "../timeline/mod.ts";
import type { Manifest } from "./manifest.ts";
import { readScoreHour, readScoreManifest, type ScoredHour } from "./read_score_hour.ts";
import { recordedSpans } from "./reasons.ts";
import { type DoubledRecordings, RecordingStarts } from "./recording_starts.ts";
import { listScoreFiles, type ScoreFile } from "./score_files.ts";
import { type OriginRules, ScoreOrigin } from "./score_origin.ts";

/** Hours that are read at the same time: far away, most of a small file's time is waiting. */
const AHEAD = { near: 8, far: 16 };

/** Limits and settings for reading scores. */
export interface ReadScoresOptions extends OriginRules {
  /** Schedule of the recorder as it is said; else it is found from what was recorded. */
  schedule?: SaidSchedule | undefined;
  /** Stops reading. */
  signal?: AbortSignal | undefined;
  /** Access to S3; as the AWS tools have it by default. */
  access?: RemoteAccess | undefined;
}

/** A span of hours, epoch milliseconds, `[startMs, stopMs)`. */
export interface HourSpan {
  startMs: number;
  stopMs: number;
}

/** Reads all hourly scores of a folder, one hour after another. */
export class ScoreSet {
  readonly #storage: ReadableStorage;
  readonly #files: readonly ScoreFile[];
  readonly #options: ReadScoresOptions;
  /** The place, as it was given. */
  readonly name: string;
  /** Files that are no hour's. */
  readonly foreign: readonly string[];
  #schedule: Promise<Schedule> | undefined;
  /** Origin of the hours that were read so far, since reading began last. */
  origin: ScoreOrigin;
  /** Recordings that lie there under two starts, by the hours that were read last, all of them. */
  doubled: DoubledRecordings | undefined;

  private constructor(
    storage: ReadableStorage,
    { hours, foreign }: { hours: readonly ScoreFile[]; foreign: readonly string[] },
    options: ReadScoresOptions,
  ) {
    this.#storage = storage;
    this.#files = hours;
    this.#options = options;
    this.name = storage.name;
    this.foreign = foreign;
    this.origin = new ScoreOrigin(storage.name, options);
  }

  /**
   * Lists the scores of a place.
   *
   * @param source A folder's path, `s3://bucket/prefix`, or a storage.
   * @param options What is taken.
   * @returns The scores, not read yet.
   * @throws {MegapteraError} `data` where there are none, or an hour is there twice.
   */
  static async open(
    source: string | ReadableStorage,
    options: ReadScoresOptions = {},
  ): Promise<ScoreSet> {
    const storage = typeof source === "string" ? openReadable(source, options.access) : source;
    const listing = await listScoreFiles(storage);
    if (listing.hours.length > 0) return new ScoreSet(storage, listing, options);
    const { foreign } = listing;
    const found = foreign.length === 0 ? "it is empty" : `found ${foreign.slice(0, 3).join(", ")}`;
    throw new MegapteraError(
      "data",
      `Cannot read the scores in ${storage.name} as it holds no hourly score files ` +
        `(YYYYMMDD_HH.csv): ${found}; name the folder that \`score\` wrote to.`,
    );
  }

  /** Number of hours that are there. */
  get hours(): number {
    return this.#files.length;
  }

  /** Start of the first hour, epoch milliseconds. */
  get startMs(): number {
    return this.#files[0].hourMs;
  }

  /** End of the last hour, epoch milliseconds. */
  get stopMs(): number {
    return this.#files[this.#files.length - 1].hourMs + HOUR_MS;
  }

  /** Hours between the first and the last that nothing is known of. */
  get holes(): HourSpan[] {
    return this.#files.slice(1)
      .map(({ hourMs }, i) => ({ startMs: this.#files[i].hourMs + HOUR_MS, stopMs: hourMs }))
      .filter(({ startMs, stopMs }) => stopMs > startMs);
  }

  /**
   * Reads how the detector wants its scores to become bouts, from the first manifest.
   *
   * @returns What it says; nothing where it says nothing, or no hour has a manifest.
   * @throws {MegapteraError} `data`, naming the manifest that is wrong.
   */
  async boutConvention(): Promise<BoutConvention> {
    const file = this.#files.find(({ manifestPath }) => manifestPath !== undefined);
    return file ? (await readScoreManifest(this.#storage, file))?.detector.calls ?? {} : {};
  }

  /**
   * Finds the recorder's schedule from all manifests, which are read once for it.
   *
   * @returns The schedule. Hours without a manifest count as recorded in full.
   * @throws {MegapteraError} `data`, naming the manifest that is wrong.
   * @throws {DOMException} `AbortError` where the signal said so.
   */
  schedule(): Promise<Schedule> {
    return this.#schedule ??= this.#findSchedule();
  }

  async #findSchedule(): Promise<Schedule> {
    const recorded: TimeSpan[] = [];
    let window: number | undefined;
    const ahead = this.#storage.isRemote ? AHEAD.far : AHEAD.near;
    const manifests = readAhead(
      this.#files,
      ahead,
      (file) => readScoreManifest(this.#storage, file),
    );
    for (let i = 0; i < this.#files.length; i++) {
      const { hourMs } = this.#files[i];
      const { value: manifest } = await manifests.next();
      this.#options.signal?.throwIfAborted();
      if (manifest) recorded.push(...recordedBy(hourMs, manifest));
      else recorded.push({ startMs: hourMs, stopMs: hourMs + HOUR_MS });
      window ??= manifest?.detector.windowSeconds;
    }
    const windowSeconds = window ?? PUBLISHED_WINDOW_SECONDS;
    return new Schedule(recorded, { said: this.#options.schedule, windowSeconds });
  }

  /**
   * Reads the hours.
   *
   * @param isWanted Tells by an hour's start whether it is read; all are by default.
   * @returns Hours in the order of time; a few are held at a time.
   * @throws {MegapteraError} `data`, naming the file and the line that is wrong, or what is not to
   * be taken.
   * @throws {DOMException} `AbortError` where the signal said so.
   */
  async *read(isWanted: (hourMs: number) => boolean = () => true): AsyncGenerator<ScoredHour> {
    this.origin = new ScoreOrigin(this.name, this.#options);
    this.doubled = undefined;
    const starts = new RecordingStarts();
    const files = this.#files.filter(({ hourMs }) => isWanted(hourMs));
    const ahead = this.#storage.isRemote ? AHEAD.far : AHEAD.near;
    const hours = readAhead(files, ahead, (file) => readScoreHour(this.#storage, file));
    for await (const hour of hours) {
      this.#options.signal?.throwIfAborted();
      this.origin.add(hour.hourMs, hour.manifest);
      if (hour.manifest) starts.add(hour.hourMs, hour.manifest);
      yield hour;
    }
    this.doubled = await starts.doubled(this.#storage, files);
  }
}

/** Finds which spans of an hour were recorded: to the millisecond where its manifest says it. */
function recordedBy(hourMs: number, { segments, noEffort }: Manifest): TimeSpan[] {
  if (segments.length === 0) return recordedSpans(hourMs, noEffort);
  const stopMs = hourMs + HOUR_MS;
  return segments.map(({ start, stop }) => ({
    startMs: Math.max(hourMs, Date.parse(start)),
    stopMs: Math.min(stopMs, Date.parse(stop)),
  })).filter((span) => span.startMs < span.stopMs);
}

/**
 * Reads items in their order, some of them ahead of the one in hand.
 *
 * @param items What to read.
 * @param ahead How many are read at the same time, ≥ 1.
 * @param read Reads one.
 * @returns What was read, in order; a fault comes when its item's turn comes.
 */
export async function* readAhead<Item, Read>(
  items: readonly Item[],
  ahead: number,
  read: (item: Item) => Promise<Read>,
): AsyncGenerator<Read> {
  const pending: Promise<Read>[] = [];
  for (let next = 0; next < items.length || pending.length > 0;) {
    while (next < items.length && pending.length < ahead) {
      const promise = read(items[next++]);
      // It is awaited in its turn; until then its fault is not unhandled.
      promise.catch(() => {});
      pending.push(promise);
    }
    yield await pending.shift()!;
  }
}

/**
 * Reads hourly score files, hour by hour: this project's and the earlier Python pipeline's. Hours
 * that have only a manifest (no audio) come without effort. `ScoreSet` also says what is there.
 *
 * @param source A folder's path (folders below it are read too), or a storage.
 * @param options What is taken: nominal clocks and scores made in different ways are refused
 * unless it says so.
 * @returns Hours in the order of time; a few are held at a time.
 * @throws {MegapteraError} `data` where there are none, an hour is there twice, or scores are not
 * to be taken; naming the file and the line where a file is wrong.
 *
 * @example
 * ```ts
 * import { formatScoreCsv } from "./score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, new Float64Array(3600)));
 * for await (const { hourMs, scores } of readScores(folder)) console.log(hourMs, scores[0]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function* readScores(
  source: string | ReadableStorage,
  options: ReadScoresOptions = {},
): AsyncGenerator<ScoredHour> {
  yield* (await ScoreSet.open(source, options)).read();
}
