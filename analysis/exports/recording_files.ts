import { join } from "node:path";
import { nameOfUri, pathOfUri } from "./located_call.ts";
import type { MappedRecording, RecordingMap } from "./recording_map.ts";
import { safeCell } from "./safe_cell.ts";
import { writeText } from "./whole_file.ts";

/** Bytes of a name on most disks, and room for a number behind it. */
const [MOST_BYTES, COUNT_BYTES] = [255, 8];

/**
 * Writes a file for each recording that has calls, named after it, in a folder. A recording without
 * calls gets none, as many readers stop at an empty one; what an earlier run left of it is removed.
 *
 * @param folder Where the files are to be; it is not made for none.
 * @param ending What follows a recording's name, such as `.txt`.
 * @param map The recordings.
 * @param textOf Gives a recording's text; nothing where it has no calls.
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
 * those without calls too.
 *
 * @returns Its path.
 */
export async function writeRecordingList(path: string, map: RecordingMap): Promise<string> {
  const lines = map.recordings.map(({ uri }) => `${safeCell(pathOfUri(uri))}\n`);
  await writeText(path, lines.join(""));
  return path;
}

/** A name of so many bytes at most. */
function cutName(name: string, mostBytes: number): string {
  const { read } = new TextEncoder().encodeInto(name, new Uint8Array(mostBytes));
  return name.slice(0, read);
}

/** A name that is not taken: recordings of one name may lie in several folders. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} (${count})`;
  return free;
}
