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
  /** When each was written, epoch milliseconds, where that was asked for and is known. */
  csvMs?: number;
  manifestMs?: number;
}

/** What lies in a folder of scores. */
export interface ScoreListing {
  /** One entry an hour, ascending; paths below the storage's root. */
  hours: ScoreFile[];
  /** Files that are no hour's, sorted, without those of runs and those that begin with a dot. */
  foreign: string[];
}

// Ours are YYYYMMDD_HH; the earlier Python pipeline's hours have no leading 0.
const NAME = /^(\d{4})(\d\d)(\d\d)_(\d{1,2})\.(csv|json)$/;

/** Where runs on many machines keep their plans and logs, beside the scores. */
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

/** The folder that a file's `YYYY/MM/` folders lie in. */
function treeOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1).replace(/(?:^|\/)\d{4}\/\d\d\/$/, "").replace(
    /\/$/,
    "",
  );
}
