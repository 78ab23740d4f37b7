import { basename, join } from "node:path";
import { formatUtc, MegapteraError, pathOfFileUrl } from "../../core/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";
import { writeText } from "../../pipeline/places/mod.ts";
import type { MappedPiece, MappedRecording, RecordingMap } from "./recording_map.ts";
import { safeCell } from "./safe_cell.ts";

/** Bytes of a name on most disks, and room for a number behind it. */
const [MOST_BYTES, COUNT_BYTES] = [255, 8];

/**
 * Writes a file for each recording that has bouts, named after it, in a folder. A recording without
 * bouts gets none, as many readers stop at an empty one; what an earlier run left of it is removed.
 *
 * @param folder Where the files are to be; it is not made for none.
 * @param ending What follows a recording's name, such as `.txt`.
 * @param map The recordings.
 * @param textOf Gives a recording's text; nothing where it has no bouts.
 * @returns The folder, or nothing where no file was written.
 * @throws {MegapteraError} Where a file can't be written.
 */
export async function writeRecordingFiles(
  folder: string,
  ending: string,
  map: RecordingMap,
  textOf: (recording: MappedRecording) => string | undefined,
): Promise<string[]> {
  const names = new Set<string>();
  let written: string[] = [];
  for (const recording of map.recordings) {
    const own = safeCell(nameOfUri(recording.uri)).replace(/\.[^.]*$/, "");
    const name = freeName(cutName(own, MOST_BYTES - COUNT_BYTES - ending.length), names);
    names.add(name);
    const path = join(folder, `${name}${ending}`);
    const text = textOf(recording);
    if (text === undefined) {
      await Deno.remove(path).catch(() => {});
      continue;
    }
    await writeText(path, text);
    written = [folder];
  }
  return written;
}

/**
 * Writes the list of all recordings that were listened to, in the order of time, a path a line:
 * those without bouts too.
 *
 * @returns Its path.
 */
export async function writeRecordingList(path: string, map: RecordingMap): Promise<string> {
  const lines = map.recordings.map(({ uri }) => `${safeCell(pathOfUri(uri))}\n`);
  await writeText(path, lines.join(""));
  return path;
}

/** Cuts a name to so many bytes at most. */
function cutName(name: string, mostBytes: number): string {
  const { read } = new TextEncoder().encodeInto(name, new Uint8Array(mostBytes));
  return name.slice(0, read);
}

/** Makes a name that is not taken: recordings of one name may lie in several folders. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
  return free;
}

/**
 * Finds where a bout lies in the recordings.
 *
 * @param bout The bout.
 * @param map The recordings of the manifests so far.
 * @param what Names the format in the error.
 * @returns Its pieces, one for each recording.
 * @throws {MegapteraError} `data` where no manifest says which recording it lies in.
 */
export function locateBout(bout: Bout, map: RecordingMap, what: string): MappedPiece[] {
  const pieces = map.locate(bout.startMs, bout.stopMs);
  if (pieces) return pieces;
  throw new MegapteraError(
    "data",
    `Cannot write the bout from ${formatUtc(bout.startMs)} to ${formatUtc(bout.stopMs)} as ` +
      `${what}, which needs its place in a recording, as no manifest says which recording it lies ` +
      "in: score it with this project, or write csv, json or parquet.",
  );
}

/** Path of a recording as other programs want it; what is not on disk, or no path, keeps its address. */
export function pathOfUri(uri: string): string {
  try {
    return uri.startsWith("file:") ? pathOfFileUrl(uri) : uri;
  } catch {
    return uri;
  }
}

/** Name of a recording without its folders. */
export function nameOfUri(uri: string): string {
  return basename(pathOfUri(uri));
}
