import { hourOf, MegapteraError } from "../../core/mod.ts";
import { type ReadableStorage, sourceName, UNKNOWN_VERSION } from "../places/mod.ts";
import { HOUR_BINS } from "./hour.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { readScoreHour, readScoreManifest, type ScoredHour } from "./read_score_hour.ts";
import type { ScoreFile } from "./score_files.ts";

/** Starts that are nearer together are the same: no effort counts twice by less than a second. */
export const SAME_START_MS = 1000;
/** Pairs of hours that are looked at more closely. */
const MOST_LOOKED_AT = 32;
/** Fewest equal scores that show two hours to be of the same audio. */
const LEAST_ALIKE = 10;
/** Share of them that must be, since filters hear other neighbours at a recording's ends. */
const ALIKE = 0.9;
/** Greatest difference of two scores that count as the same: files hold six decimals. */
const SAME_SCORE = 2e-6;

/** A recording that lies among scores under two starts. */
export interface DoubledRecording {
  /** The recording under each of its starts, and an hour that was made from it so. */
  readonly files: readonly [ManifestFile, ManifestFile];
  readonly hours: readonly [number, number];
}

/** Recordings that lie among scores under two starts, so that effort and bouts count twice. */
export interface DoubledRecordings {
  readonly first: DoubledRecording;
  /** Number that is known for sure, the first included. */
  readonly count: number;
}

/**
 * Puts into words that recordings lie among scores under two starts.
 *
 * @param doubled The recordings.
 * @param where Names the scores.
 * @returns One sentence that names the first, and says what to do.
 */
export function doubledWords(
  { first: { files: [one, other] }, count }: DoubledRecordings,
  where: string,
): string {
  const more = count > 2 ? `, as do ${count - 1} others` : count === 2 ? ", as does 1 other" : "";
  const renamed = one.uri === other.uri ? "" : ` (and as ${sourceName(other)})`;
  return `${sourceName(one)}${renamed} lies in ${where} under two starts, ${one.start} and ` +
    `${other.start}${more}, so that its effort and its bouts count twice: score all recordings into ` +
    "another --out, or remove the hours of the start that is wrong.";
}

/**
 * Tells whether two manifests name one and the same version of a file, or one that was renamed.
 *
 * @returns `sure` by address and version; `likely` by all that a manifest has but the address, or but
 * the version.
 */
export function areSame(a: ManifestFile, b: ManifestFile): "sure" | "likely" | undefined {
  if (audioKey(a) !== audioKey(b)) return undefined;
  const isVersion = a.version === b.version && a.version !== UNKNOWN_VERSION;
  if (a.uri === b.uri) return isVersion ? "sure" : "likely";
  return isVersion ? "likely" : undefined;
}

function audioKey({ sizeBytes, frames, sampleRateHz, channels }: ManifestFile): string {
  return `${sizeBytes} ${frames} ${sampleRateHz} ${channels}`;
}

/** Numbers that are added one after another, 8 bytes each. */
class Numbers {
  #values = new Float64Array(1024);
  length = 0;

  add(value: number): void {
    if (this.length === this.#values.length) {
      const longer = new Float64Array(2 * this.length);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index];
  }
}

/**
 * Gathers when recordings start, hour by hour, and finds those that start twice. A recording takes 32
 * bytes an hour that hears it, so that ten years in files of a minute take 300 MB, and in files of an
 * hour 5 MB.
 */
export class RecordingStarts {
  readonly #uris = new Numbers();
  readonly #versions = new Numbers();
  readonly #starts = new Numbers();
  readonly #hours = new Numbers();
  /** Starts in the hour before, since a recording is heard by two hours as a rule. */
  #last = new Map<number, number>();

  /** Takes the recordings of an hour; hours ascend. */
  add(hourMs: number, { files }: Manifest): void {
    const mine = new Map<number, number>();
    for (const file of files) {
      const uri = hashOf(file.uri);
      const startMs = Date.parse(file.start);
      mine.set(uri, startMs);
      if (this.#last.get(uri) === startMs) continue;
      this.#uris.add(uri);
      this.#versions.add(hashOf(`${file.version} ${audioKey(file)}`));
      this.#starts.add(startMs);
      this.#hours.add(hourMs);
    }
    this.#last = mine;
  }

  /**
   * Finds recordings that lie there under two starts: the same version of a file for sure, a renamed or
   * a copied one where its scores are the same too.
   *
   * @param storage Where the hours lie.
   * @param hours What is there.
   * @returns What was found; nothing where no recording is there twice.
   */
  async doubled(
    storage: ReadableStorage,
    hours: readonly ScoreFile[],
  ): Promise<DoubledRecordings | undefined> {
    const { sure, likely } = this.#pairs();
    const looked = [...sure.slice(0, 1), ...likely.slice(0, MOST_LOOKED_AT)];
    if (looked.length === 0) return undefined;
    const places = new Map(hours.map((file) => [file.hourMs, file]));
    const found: DoubledRecording[] = [];
    for (const [a, b] of looked) {
      const [one, other] = [a, b].map((i) =>
        places.get(hourOf(this.#starts.at(i))) ?? places.get(this.#hours.at(i))
      );
      const doubled = one && other && await confirm(storage, one, other);
      if (doubled) found.push(doubled);
    }
    const [first] = found;
    return first && { first, count: found.length + Math.max(0, sure.length - 1) };
  }

  /** Pairs of entries that may be one recording: of one address and version, and of one of the two. */
  #pairs(): { sure: [number, number][]; likely: [number, number][] } {
    const order = Uint32Array.from({ length: this.#uris.length }, (_, i) => i);
    const sure: [number, number][] = [];
    const likely: [number, number][] = [];
    for (const keys of [this.#uris, this.#versions]) {
      order.sort((a, b) => keys.at(a) - keys.at(b) || this.#starts.at(a) - this.#starts.at(b));
      for (let first = 0, stop = 1; first < order.length; first = stop++) {
        while (stop < order.length && keys.at(order[stop]) === keys.at(order[first])) stop++;
        const [a, b] = [order[first], order[stop - 1]];
        if (this.#starts.at(b) - this.#starts.at(a) < SAME_START_MS) continue;
        if (keys === this.#uris) {
          (this.#versions.at(a) === this.#versions.at(b) ? sure : likely).push([a, b]);
          continue;
        }
        // Many files of one version are copies of one moment, or recordings of silence.
        const names = Array.from(order.subarray(first, stop), (i) => this.#uris.at(i));
        if (new Set(names).size === 2) likely.push([a, b]);
      }
    }
    return { sure, likely };
  }
}

async function confirm(
  storage: ReadableStorage,
  one: ScoreFile,
  other: ScoreFile,
): Promise<DoubledRecording | undefined> {
  try {
    const [a, b] = [await readScoreManifest(storage, one), await readScoreManifest(storage, other)];
    for (const [index, file] of (a?.files ?? []).entries()) {
      for (const twin of b?.files ?? []) {
        const apartMs = Date.parse(twin.start) - Date.parse(file.start);
        const same = areSame(file, twin);
        if (same === undefined || Math.abs(apartMs) < SAME_START_MS) continue;
        const isSame = same === "sure" || haveSameScores(
          await readScoreHour(storage, one),
          await readScoreHour(storage, other),
          index,
          apartMs,
        );
        if (isSame) return { files: [file, twin], hours: [one.hourMs, other.hourMs] };
      }
    }
    return undefined;
  } catch (error) {
    // What is damaged is said by whoever reads all of it.
    if (error instanceof MegapteraError && error.kind === "data") return undefined;
    throw error;
  }
}

/** Tells whether the scores of one hour's file are those of another hour, so much later. */
function haveSameScores(a: ScoredHour, b: ScoredHour, index: number, apartMs: number): boolean {
  if (apartMs % 1000 !== 0) return false;
  const seconds = (apartMs + a.hourMs - b.hourMs) / 1000;
  let [alike, compared] = [0, 0];
  const values = new Set<number>();
  for (const { file, start, stop } of a.manifest!.segments) {
    if (file !== index) continue;
    const first = Math.max(0, -seconds, Math.ceil((Date.parse(start) - a.hourMs) / 1000));
    const last = Math.min(HOUR_BINS, HOUR_BINS - seconds, (Date.parse(stop) - a.hourMs) / 1000);
    for (let bin = first; bin < last; bin++) {
      const [score, later] = [a.scores[bin], b.scores[bin + seconds]];
      if (Number.isNaN(score) || Number.isNaN(later)) continue;
      compared++;
      if (Math.abs(score - later) > SAME_SCORE) continue;
      alike++;
      values.add(score);
    }
  }
  return values.size >= LEAST_ALIKE && alike >= ALIKE * compared;
}

/**
 * Hashes a text to a number of 53 bits: of ten million texts two have the same one once in 90
 * times.
 */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 2 ** 32 * (low & 0x1fffff) + (high >>> 0);
}
