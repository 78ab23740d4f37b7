import { MegapteraError } from "../errors.ts";
import { walkFiles } from "../walk_files.ts";
import { HOUR_MS } from "./hour.ts";

/** An hour that something is known of in a folder of scores. */
export interface ScoreFile {
  /** Start of the hour by the file's name, epoch milliseconds. */
  hourMs: number;
  /** Path of the scores; nothing where there is only a manifest. */
  csvPath?: string;
  /** Path of the manifest; the earlier Python pipeline's hours have none. */
  manifestPath?: string;
}

// Ours are YYYYMMDD_HH; the earlier Python pipeline's hours have no leading 0.
const NAME = /^(\d{4})(\d\d)(\d\d)_(\d{1,2})\.(csv|json)$/;

/**
 * Finds hourly score files in a folder and the folders below it.
 *
 * @param folder Where to look.
 * @returns One entry an hour, ascending.
 * @throws {MegapteraError} `data` where the folder can't be read, or an hour is there twice.
 */
export async function findScoreFiles(folder: string): Promise<ScoreFile[]> {
  const hours = new Map<number, ScoreFile>();
  for await (const path of filesIn(folder)) {
    const parts = NAME.exec(path.slice(path.lastIndexOf("/") + 1));
    if (!parts) continue;
    const [year, month, day, hour] = parts.slice(1, 5).map(Number);
    const hourMs = Date.UTC(year, month - 1, day, hour);
    const isTime = hour < 24 && new Date(hourMs).getUTCDate() === day;
    if (!isTime || hourMs % HOUR_MS !== 0) continue;
    const file = hours.get(hourMs) ?? { hourMs };
    const kind = parts[5] === "csv" ? "csvPath" : "manifestPath";
    if (file[kind] !== undefined) {
      throw new MegapteraError(
        "data",
        `Cannot read the scores in ${folder} as one hour is there twice: ${
          file[kind]
        } and ${path}; ` +
          "name the folder of one class, or move one of them away.",
      );
    }
    file[kind] = path;
    hours.set(hourMs, file);
  }
  return [...hours.values()].sort((a, b) => a.hourMs - b.hourMs);
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  try {
    yield* walkFiles(folder);
  } catch (error) {
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such folder"
      : (error as Error).message;
    throw new MegapteraError("data", `Cannot read the scores in ${folder} as ${reason}.`, {
      cause: error,
    });
  }
}
