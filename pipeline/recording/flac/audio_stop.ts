import type { RangeSource } from "../../places/mod.ts";
import { ByteWindow, fourCharacters } from "../wav/byte_window.ts";

/**
 * Where the audio of a FLAC file ends: before the tags that some programs append.
 *
 * Layout: ID3v1 is the last 128 bytes and begins `TAG`; an APEv2 tag ends with 32 bytes that begin
 * `APETAGEX` and tell its size.
 *
 * @param source The file.
 * @returns The byte after the audio.
 */
export async function audioStop(source: RangeSource): Promise<number> {
  const window = new ByteWindow(source);
  let stop = source.sizeBytes;
  if (stop >= 128) {
    const tag = await window.look(stop - 128, 128);
    if (fourCharacters(tag, 0).startsWith("TAG")) stop -= 128;
  }
  if (stop < 32) return stop;
  const foot = await window.look(stop - 32, 32);
  if (fourCharacters(foot, 0) + fourCharacters(foot, 4) !== "APETAGEX") return stop;
  const hasHeader = (foot.getUint32(20, true) & 0x80000000) !== 0;
  return Math.max(0, stop - foot.getUint32(12, true) - (hasHeader ? 32 : 0));
}
