import { openFileSource } from "./file_source.ts";
import type { Recording } from "./recording.ts";
import { openWav } from "./wav/open_wav.ts";

/**
 * Opens a recording on disk.
 *
 * @param path Path of the file.
 * @returns The recording; close it when done.
 * @throws {MegapteraError} Where it can't be read, in one sentence that names it.
 */
export async function openRecording(path: string): Promise<Recording> {
  return await openWav(await openFileSource(path));
}
