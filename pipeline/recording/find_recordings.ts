import { MegapteraError, walkFiles } from "../../core/mod.ts";
import { isOfSystem, isRecording, placePattern } from "../places/mod.ts";
import { OtherFormats } from "./other_formats.ts";

/** The recordings that paths stand for. */
export interface FoundRecordings {
  /** Paths of files; those of a folder in the order of their names. */
  readonly paths: string[];
  /** Sentences on what else lies in the folders and may be audio. */
  readonly notes: string[];
}

/**
 * Finds the recordings that paths stand for: files as they are, and all WAV and FLAC files in folders
 * and below, but hidden ones; those that a pattern with `*` matches.
 *
 * @param named Files, folders and patterns.
 * @returns The recordings.
 * @throws {MegapteraError} `data` where a folder holds no recording, or can't be read.
 */
export async function findRecordings(named: readonly string[]): Promise<FoundRecordings> {
  const paths: string[] = [];
  const notes: string[] = [];
  for (const path of named) {
    const info = await Deno.stat(path).catch(() => undefined);
    const pattern = info ? undefined : placePattern(path);
    if (!info?.isDirectory && !pattern) {
      paths.push(path);
      continue;
    }
    const others = new OtherFormats();
    const all = await filesIn(pattern?.base ?? path);
    const mine = pattern ? all.filter(pattern.matches) : all;
    const recordings = mine.filter(isRecording).sort();
    for (const file of mine) others.add(file);
    if (recordings.length === 0) throw noRecording(path, others.sentences());
    paths.push(...recordings);
    notes.push(...others.sentences());
  }
  return { paths, notes };
}

/**
 * Makes the fault of a place without a recording.
 *
 * @param place The folder, prefix or pattern.
 * @param notes What else lies there and may be audio.
 */
export function noRecording(place: string, notes: readonly string[]): MegapteraError {
  const found = `holds no .wav or .flac file, nor do the folders below it`;
  return new MegapteraError(
    "data",
    [`Cannot find recordings in ${place} as it ${found}.`, ...notes].join(" "),
  );
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(walkFiles(folder, { isWanted: (name) => !isOfSystem(name) }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MegapteraError("denied", `Cannot look into ${folder}: ${reason}.`, { cause });
  }
}
