import { join } from "node:path";
import { MegapteraError, wallTime } from "../../core/mod.ts";
import type { ReadableStorage } from "../places/mod.ts";

/** An hour that something is known of in a folder of scores. */
export interface ScoreFile {
  /** Start of the hour by the file's name, epoch milliseconds. */
  hourMs: number;
  /** Path of the scores; nothing where there is only a manifest. */
  csvPath?: string;
  /** Path of the manifest; the earlier Python pipeline's hours have none. */
  manifestPath?: string;
  /**
   * Times when its two files were written, epoch milliseconds, where that was asked for and is
   * known.
   */
  csvMs?: number;
  manifestMs?: number;
}

/** Content of a folder of scores. */
export interface ScoreListing {
  /** One entry an hour, ascending; paths below the storage's root. */
  hours: ScoreFile[];
  /** Files that are no hour's, sorted, without those of runs and those that begin with a dot. */
  foreign: string[];
}

// Ours are YYYYMMDD_HH; the earlier Python pipeline's hours have no leading 0.
const NAME = /^(\d{4})(\d\d)(\d\d)_(\d{1,2})\.(csv|json)$/;

/** Folder in which runs on many machines keep their plans and logs, beside the scores. */
const RUNS = "runs/";

/**
 * Lists hourly score files.
 *
 * @param storage Where to look; folders below are looked into.
 * @param withTimes Whether it must be told when each was written.
 * @returns The hours, and the files that are none.
 * @throws {MegapteraError} `data` where it can't be read, or an hour is there twice.
 */
export async function listScoreFiles(
  storage: ReadableStorage,
  withTimes = false,
): Promise<ScoreListing> {
  const hours = new Map<number, ScoreFile>();
  const foreign: string[] = [];
  for await (const { path, changedMs } of storage.list("", withTimes)) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const named = hourOfName(name);
    if (!named) {
      if (!name.startsWith(".") && !path.startsWith(RUNS)) foreign.push(path);
      continue;
    }
    const file = hours.get(named.hourMs) ?? { hourMs: named.hourMs };
    const there = file[named.kind];
    if (there !== undefined) throw duplicate(storage.name, there, path);
    file[named.kind] = path;
    if (changedMs !== undefined) {
      file[named.kind === "csvPath" ? "csvMs" : "manifestMs"] = changedMs;
    }
    hours.set(named.hourMs, file);
  }
  const ascending = [...hours.values()].sort((a, b) => a.hourMs - b.hourMs);
  return { hours: ascending, foreign: foreign.sort() };
}

function hourOfName(
  name: string,
): { hourMs: number; kind: "csvPath" | "manifestPath" } | undefined {
  const parts = NAME.exec(name);
  if (!parts) return undefined;
  const [, year, month, day, hour, ending] = parts;
  const hourMs = wallTime({ year, month, day, hour, minute: "0" });
  if (hourMs === undefined) return undefined;
  return { hourMs, kind: ending === "csv" ? "csvPath" : "manifestPath" };
}

function duplicate(where: string, first: string, second: string): MegapteraError {
  const [one, other] = [first, second].sort();
  const [oneTree, otherTree] = [treeOf(one), treeOf(other)];
  const wayOn = oneTree === otherTree
    ? "move one of them away"
    : `they lie in two trees of scores, such as those of two classes: name one of them, ${where}/${
      oneTree || otherTree
    }, or move one away`;
  return new MegapteraError(
    "data",
    `Cannot read the scores in ${where} as one hour is there twice: ${one} and ${other}; ${wayOn}.`,
  );
}

/** Finds the folder that a file's `YYYY/MM/` folders lie in. */
function treeOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1).replace(/(?:^|\/)\d{4}\/\d\d\/$/, "").replace(
    /\/$/,
    "",
  );
}

/** A name has at most 255 bytes on most file systems, and a letter up to four. */
const MOST_LETTERS = 60;
/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Folders of a detector's score trees: the output folder itself for one class, else one below it a
 * class, named after it. What not every file system takes in a name becomes `_`; names that would
 * be alike to a file system that ignores case get a number.
 *
 * @param folder The output folder.
 * @param classNames The detector's classes.
 * @returns One folder a class, in their order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(classFolders("out", ["Mn"]), ["out"]);
 * assert.deepEqual(classFolders("out", ["killer whale", "a/b", "A?b"]), [
 *   "out/killer_whale",
 *   "out/a_b",
 *   "out/A_b_2",
 * ]);
 * assert.equal(classFolders("s3://bucket/out", ["a", "b"])[1], "s3://bucket/out/b");
 * ```
 */
export function classFolders(folder: string, classNames: readonly string[]): string[] {
  if (classNames.length === 1) return [folder];
  const taken = new Set<string>();
  return classNames.map((className) => {
    const safe = safeName(className);
    let name = safe;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${safe}_${n}`;
    taken.add(name.toLowerCase());
    return folder.includes("://") ? `${folder.replace(/\/+$/, "")}/${name}` : join(folder, name);
  });
}

function safeName(className: string): string {
  const letters = [...className.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}._-]/gu, "_")];
  // Neither hidden, nor an option, nor ending in what Windows drops.
  const name = letters.slice(0, MOST_LETTERS).join("").replace(/^[.-]/, "_").replace(/\.+$/, "_");
  return name === "" || DEVICES.test(name) ? `_${name}` : name;
}
