import { MegapteraError } from "../errors.ts";
import { walkFiles } from "../walk_files.ts";
import { isOfSystem, isRecording } from "./is_recording.ts";

/**
 * The recordings that paths stand for: files as they are, and all WAV and FLAC files in folders
 * and below, but hidden ones.
 *
 * @param paths Files and folders.
 * @returns Paths of files; those of a folder in the order of their names.
 * @throws {MegapteraError} `data` where a folder holds no recording, or can't be read.
 */
export async function findRecordings(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const isFolder = await Deno.stat(path).then((info) => info.isDirectory, () => false);
    if (!isFolder) {
      found.push(path);
      continue;
    }
    const inside = await recordingsIn(path);
    if (inside.length === 0) {
      throw new MegapteraError(
        "data",
        `Cannot find recordings in ${path} as it holds no .wav or .flac file, nor do the folders below it.`,
      );
    }
    found.push(...inside);
  }
  return found;
}

async function recordingsIn(folder: string): Promise<string[]> {
  try {
    const files = await Array.fromAsync(
      walkFiles(folder, { isWanted: (name) => !isOfSystem(name) }),
    );
    return files.filter(isRecording).sort();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MegapteraError("denied", `Cannot look into ${folder}: ${reason}.`, { cause });
  }
}
