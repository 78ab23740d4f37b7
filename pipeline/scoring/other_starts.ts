import { fileURLToPath } from "node:url";
import { formatUtc, HOUR_MS, mapLimited, MegapteraError } from "../../core/mod.ts";
import { sourceName } from "../places/mod.ts";
import {
  areSame,
  type Manifest,
  type ManifestFile,
  SAME_START_MS,
  type ScoreStore,
} from "../scores/mod.ts";
import type { TimelineEntry } from "../timeline/mod.ts";
import { manifestFile } from "./hour_inputs.ts";

/** As far apart as two time zones can be, and an hour. */
const FARTHEST_HOURS = 27;
/** Manifests that are read at the same time. */
const READ_AT_ONCE = 16;

/** An hour that was made from recordings which start elsewhere by now. */
export interface StaleHour {
  readonly hourMs: number;
  /** The first such recording, as that hour has it, and as it is now. */
  readonly was: ManifestFile;
  readonly is: ManifestFile;
  /** Recordings that the hour was made from, too, and that are not among those at hand. */
  readonly others: readonly ManifestFile[];
}

/** Recordings at hand, by address and by what a renamed file keeps. */
class Recordings {
  readonly #byUri = new Map<string, ManifestFile>();
  readonly #byVersion = new Map<string, ManifestFile>();

  constructor(entries: readonly TimelineEntry[]) {
    for (const entry of entries) {
      const file = manifestFile(entry);
      this.#byUri.set(file.uri, file);
      this.#byVersion.set(versionKey(file), file);
    }
  }

  /** The same recording as it is now, where it is at hand. */
  find(file: ManifestFile): ManifestFile | undefined {
    const now = this.#byUri.get(file.uri);
    if (now) return areSame(file, now) === "sure" ? now : undefined;
    const renamed = this.#byVersion.get(versionKey(file));
    return renamed && isGone(file.uri) ? renamed : undefined;
  }
}

function versionKey({ version, sizeBytes, frames }: ManifestFile): string {
  return `${version} ${sizeBytes} ${frames}`;
}

/** Tells whether a file on this machine went away, so that another one of its time and size is the same. */
function isGone(uri: string): boolean {
  if (!uri.startsWith("file:")) return false;
  try {
    Deno.statSync(fileURLToPath(uri));
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

/**
 * Finds what of an hour's manifest starts elsewhere by now.
 *
 * @param manifest The hour as it lies there.
 * @param entries The recordings at hand.
 * @returns The hour; nothing where all its recordings are where they were, or are not at hand.
 */
export function staleHour(
  manifest: Manifest,
  entries: readonly TimelineEntry[] | Recordings,
): StaleHour | undefined {
  const recordings = entries instanceof Recordings ? entries : new Recordings(entries);
  const pairs = manifest.files.map((was) => ({ was, is: recordings.find(was) }));
  const moved = pairs.find(({ was, is }) =>
    is && Math.abs(Date.parse(is.start) - Date.parse(was.start)) >= SAME_START_MS
  );
  if (!moved) return undefined;
  const others = pairs.flatMap(({ was, is }) => is ? [] : [was]);
  return { hourMs: Date.parse(manifest.hour), was: moved.was, is: moved.is!, others };
}

/**
 * Finds hours beside those to be scored that were made from the same recordings under other starts, as
 * by another time zone or other names: their effort would count twice.
 *
 * @param store Where hours lie.
 * @param hours Hours to be scored, ascending; each of them is looked at when it is scored.
 * @param entries The recordings at their ends.
 * @returns The hours within 27 h of the first and the last one, ascending.
 */
export async function staleHours(
  store: ScoreStore,
  hours: readonly number[],
  entries: readonly TimelineEntry[],
): Promise<StaleHour[]> {
  const scored = new Set(hours);
  const near = new Set<number>();
  for (const hourMs of [hours[0], hours[hours.length - 1]]) {
    for (let apart = -FARTHEST_HOURS; apart <= FARTHEST_HOURS; apart++) {
      const other = hourMs + apart * HOUR_MS;
      if (!scored.has(other)) near.add(other);
    }
  }
  const recordings = new Recordings(entries);
  const found = await mapLimited([...near].sort((a, b) => a - b), READ_AT_ONCE, async (hourMs) => {
    const listed = await store.listed(hourMs);
    if (listed && listed.manifestVersion === null) return undefined;
    const manifest = await store.readManifest(hourMs);
    return manifest && staleHour(manifest, recordings);
  });
  return found.filter((hour) => hour !== undefined);
}

/**
 * Makes the fault of scores that were made from the same recordings under other starts.
 *
 * @param store Where they lie.
 * @param hour One of the hours.
 * @returns The fault; where the hour was made from other recordings, too, it is not to be replaced
 * without those.
 */
export function otherStart(
  store: ScoreStore,
  { hourMs, was, is, others }: StaleHour,
): MegapteraError {
  const renamed = was.uri === is.uri ? "" : `, then ${sourceName(was)},`;
  const [other] = others;
  const remedy = other === undefined
    ? "or replace those hours with --force"
    : `or replace those hours with --force, and name ${
      sourceName(other)
    } too, which that hour was ` +
      "made from as well";
  return new MegapteraError(
    "configuration",
    `Cannot score ${
      sourceName(is)
    } into ${store.name} as its scores${renamed} lie there under another ` +
      `start: by hour ${
        formatUtc(hourMs)
      } it started ${was.start}, and now it starts ${is.start}, so ` +
      `that its effort would count twice; choose another --out, ${remedy}.`,
  );
}
