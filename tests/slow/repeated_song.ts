import { fixture } from "../helpers/fixtures.ts";

const HEADER_BYTES = 44;

/**
 * Writes the song of 30 s over and over as 16 kHz, 24-bit WAV.
 *
 * @param path Where.
 * @param times How often.
 */
export async function writeRepeatedSong(path: string, times: number): Promise<void> {
  const song = await Deno.readFile(fixture("song-16k.wav"));
  const samples = song.subarray(HEADER_BYTES);
  const bytes = new Uint8Array(HEADER_BYTES + times * samples.length);
  bytes.set(song.subarray(0, HEADER_BYTES));
  for (let i = 0; i < times; i++) bytes.set(samples, HEADER_BYTES + i * samples.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, bytes.length - 8, true);
  view.setUint32(40, times * samples.length, true);
  await Deno.writeFile(path, bytes);
}
