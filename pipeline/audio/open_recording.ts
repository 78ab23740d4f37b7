import { openSource, type RangeSource, type RemoteAccess } from "../places/mod.ts";
import { openFlac } from "./flac/mod.ts";
import type { Recording } from "./recording.ts";
import { openWav } from "./wav/mod.ts";

/**
 * Beginnings of FLAC files: by themselves, behind a tag, and in an Ogg that is refused in words.
 */
const FLAC_STARTS = ["fLaC", "ID3", "OggS"];
const WAV_STARTS = ["RIFF", "RIFX", "RF64", "BW64"];

/**
 * Opens a recording, WAV or FLAC: by what it begins with, and where that tells nothing by its name.
 *
 * @param place A path or `file://…`, `s3://bucket/key`, or `http(s)://…`.
 * @param access How places far away are asked; with its defaults where it is left out.
 * @returns The recording; close it when done.
 * @throws {MegapteraError} Where it can't be read, in one sentence that names it; see `openSource`.
 */
export async function openRecording(place: string, access?: RemoteAccess): Promise<Recording> {
  const source = await openSource(place, access);
  return await isFlac(source, place) ? await openFlac(source) : await openWav(source);
}

async function isFlac(source: RangeSource, place: string): Promise<boolean> {
  try {
    const start = new TextDecoder("latin1").decode(await source.read(0, 4));
    if (FLAC_STARTS.some((known) => start.startsWith(known))) return true;
    return !WAV_STARTS.includes(start) && /\.flac$/i.test(place);
  } catch (error) {
    source.close();
    throw error;
  }
}
