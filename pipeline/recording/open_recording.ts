import { openFileSource } from "./file_source.ts";
import { openFlac } from "./flac/open_flac.ts";
import type { Recording } from "./recording.ts";
import type { RangeSource } from "./source.ts";
import { openWav } from "./wav/open_wav.ts";

/** How FLAC files begin: by themselves, behind a tag, and in an Ogg that is refused in words. */
const FLAC_STARTS = ["fLaC", "ID3", "OggS"];
const WAV_STARTS = ["RIFF", "RIFX", "RF64", "BW64"];

/**
 * Opens a recording on disk, WAV or FLAC: by what it begins with, and where that tells nothing by
 * its name.
 *
 * @param path Path of the file.
 * @returns The recording; close it when done.
 * @throws {MegapteraError} Where it can't be read, in one sentence that names it.
 */
export async function openRecording(path: string): Promise<Recording> {
  const source = await openFileSource(path);
  return await isFlac(source, path) ? await openFlac(source) : await openWav(source);
}

async function isFlac(source: RangeSource, path: string): Promise<boolean> {
  try {
    const start = new TextDecoder("latin1").decode(await source.read(0, 4));
    if (FLAC_STARTS.some((known) => start.startsWith(known))) return true;
    return !WAV_STARTS.includes(start) && /\.flac$/i.test(path);
  } catch (error) {
    source.close();
    throw error;
  }
}
