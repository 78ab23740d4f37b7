import { join } from "node:path";
import { ReadableFolder } from "../storage/readable_folder.ts";
import { listScoreFiles, type ScoreFile } from "./list_score_files.ts";

/**
 * Finds hourly score files in a folder and the folders below it.
 *
 * @param folder Where to look.
 * @returns One entry an hour, ascending, with whole paths.
 * @throws {MegapteraError} `data` where the folder can't be read, or an hour is there twice.
 */
export async function findScoreFiles(folder: string): Promise<ScoreFile[]> {
  const { hours } = await listScoreFiles(new ReadableFolder(folder));
  return hours.map(({ hourMs, csvPath, manifestPath }) => ({
    hourMs,
    ...(csvPath === undefined ? {} : { csvPath: join(folder, csvPath) }),
    ...(manifestPath === undefined ? {} : { manifestPath: join(folder, manifestPath) }),
  }));
}
