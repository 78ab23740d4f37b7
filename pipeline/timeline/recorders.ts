import { fileURLToPath } from "node:url";
import { formatUtc } from "../../core/mod.ts";
import { placePattern, sourceName } from "../places/mod.ts";
import { findStamps } from "./stamps.ts";
import { runStopMs } from "./timeline.ts";
import type { Overlap, TimelineEntry } from "./timeline_types.ts";

/** Recordings of two recorders overlap for this share of the shorter one's time, or more. */
const MANY = 0.1;
/** So many overlaps are no accident, however short they are beside all that was recorded. */
const TIMES = 3;
/** Names that differ in more than their time, in one of so many files, have a number that counts. */
const FILES_A_GROUP = 3;

/** Tells recorders apart, or versions of one's recordings. */
export interface Recorders {
  /**
   * Gives all of a name but its time, such as `6871.*.wav`. Recordings that have it in common and lie
   * in different folders may still be of two recorders.
   */
  readonly nameOf: (uri: string) => string;
  /** Tells whether two, given by names or folders, recorded side by side for long; if it is known. */
  readonly areSideBySide?: (one: string, other: string) => boolean;
}

/**
 * Tells recorders apart by the names of their files.
 *
 * @param uris The recordings.
 * @returns Which recorder each of them is of.
 */
export function recordersByName(uris: readonly string[]): Recorders {
  const names = new Map(uris.map((uri) => [uri, withoutTime(sourceName({ uri }))]));
  const isCounted = new Set(names.values()).size > Math.max(2, uris.length / FILES_A_GROUP);
  return {
    nameOf: (uri) => {
      const name = names.get(uri) ?? withoutTime(sourceName({ uri }));
      return isCounted ? name.replace(/\d+/g, "*") : name;
    },
  };
}

/**
 * Tells recorders apart by the names and starts of all their files, of which a day knows but some:
 * one recorder may take over from another on that day.
 *
 * @param listed All recordings.
 * @returns Which recorder each of them is of, and which were side by side.
 */
export function recordersOfList(
  listed: readonly { readonly uri: string; readonly startMs: number }[],
): Recorders {
  const { nameOf } = recordersByName(listed.map(({ uri }) => uri));
  const known = new Map<string, boolean>();
  const startsOf = (group: string): number[] =>
    listed.filter(({ uri }) => isOf(uri, group, nameOf)).map(({ startMs }) => startMs);
  const areSideBySide = (one: string, other: string): boolean => {
    const [fewer, more] = [startsOf(one), startsOf(other)].sort((a, b) => a.length - b.length);
    const [first, last] = more.reduce(
      ([least, most], ms) => [Math.min(least, ms), Math.max(most, ms)],
      [Infinity, -Infinity],
    );
    const within = fewer.filter((ms) => ms >= first && ms <= last).length;
    return within >= Math.max(TIMES, MANY * fewer.length);
  };
  return {
    nameOf,
    areSideBySide: (one, other) => {
      const key = `${one}\n${other}`;
      const found = known.get(key) ?? areSideBySide(one, other);
      known.set(key, found);
      return found;
    },
  };
}

/** Tells whether a recording is of a group, given by a folder or a name. */
function isOf(uri: string, group: string, nameOf: Recorders["nameOf"]): boolean {
  return group.endsWith("/") ? folderOf(uri) === group : nameOf(uri) === group;
}

/** Makes a name with `*` in place of its times. */
function withoutTime(name: string): string {
  return findStamps(name).reduce((rest, { text }) => rest.replaceAll(text, "*"), name);
}

/** Gives the folder that a URI lies in, with a slash at its end. */
function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf("/") + 1);
}

/**
 * Finds recordings of two recorders, or two versions of one's, that were put together: woven into
 * one another by their times they would be neither.
 *
 * @param entries The recordings.
 * @param overlaps Where they overlap.
 * @param recorders Tells them apart; by the names of the entries unless given.
 * @returns What follows "Cannot …, as": which they are and how to choose one. Nothing where there are
 * no overlaps, or a few by accident, or where one recorder takes over from another.
 */
export function mixedRecorders(
  entries: readonly TimelineEntry[],
  overlaps: readonly Overlap[],
  recorders?: Recorders,
): string | undefined {
  if (overlaps.length === 0) return undefined;
  const uris = [...new Set(entries.map(({ uri }) => uri))];
  const { nameOf, areSideBySide = () => true } = recorders ?? recordersByName(uris);
  const pairs = new Map<string, { groups: string[]; ms: number; times: number; firstMs: number }>();
  for (const { firstUri, secondUri, startMs, stopMs } of overlaps) {
    const both = [firstUri, secondUri];
    const names = both.map(nameOf);
    const groups = (names[0] === names[1] ? both.map(folderOf) : names).sort();
    if (groups[0] === groups[1] || !areSideBySide(groups[0], groups[1])) continue;
    const key = groups.join("\n");
    const pair = pairs.get(key) ?? { groups, ms: 0, times: 0, firstMs: startMs };
    pairs.set(key, pair);
    pair.ms += stopMs - startMs;
    pair.times++;
  }
  const recordedMs = (isIn: (uri: string) => boolean): number =>
    entries.filter(({ uri }) => isIn(uri))
      .reduce((sum, entry) => sum + runStopMs(entry) - entry.startMs, 0);
  const allMs = recordedMs(() => true);
  for (const { groups, ms, times, firstMs } of pairs.values()) {
    const isIn = groups.map((group) => (uri: string) => isOf(uri, group, nameOf));
    const shorter = Math.min(...isIn.map(recordedMs));
    if (ms < MANY * shorter || (times < TIMES && ms < MANY * allMs)) continue;
    const files = isIn.map((of) => uris.filter(of));
    const [one, other] = groups.map((group, i) =>
      `${group.endsWith("/") ? shown(group) : group} (${files[i].length} files)`
    );
    const choice = patternOf(groups[0], files, uris);
    return `recordings of two recorders, or two versions of the same ones, overlap: ${one} and ` +
      `${other}, ${times} time${times === 1 ? "" : "s"}, first at ${
        formatUtc(firstMs)
      }; name one of ` +
      `them alone, such as '${choice}'`;
  }
  return undefined;
}

/** Makes a pattern that names the first group's files and none of the other's. */
function patternOf(
  group: string,
  [mine, others]: readonly (readonly string[])[],
  uris: readonly string[],
): string {
  if (group.endsWith("/")) return shown(group);
  const folder = uris.map(folderOf).reduce((common, next) => {
    while (!next.startsWith(common)) common = folderOf(common.slice(0, -1));
    return common;
  });
  const matches = placePattern(folder + group)?.matches;
  if (matches && !others.some(matches)) return shown(folder) + group;
  // Where a `*` takes in the other's too, each character of the time stands for itself.
  const name = sourceName({ uri: mine[0] });
  return shown(folder) + findStamps(name).reduce(
    (rest, { text }) => rest.replaceAll(text, "?".repeat(text.length)),
    name,
  );
}

/** Gives a folder's address as a person would name it. */
function shown(folder: string): string {
  if (!folder.startsWith("file:")) return folder;
  return fileURLToPath(folder);
}
