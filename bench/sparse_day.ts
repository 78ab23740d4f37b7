import { fileURLToPath } from "node:url";

const DAY_BYTES = 86_400 * 16_000 * 3;
const SONG = fileURLToPath(new URL("../tests/fixtures/song-16k.wav", import.meta.url));
const HEADER_BYTES = 44;

/**
 * Writes a day of 24-bit, 16 kHz audio of 4,147,200,044 bytes: an hour and a bit of song, and then
 * nothing, which takes no room on most file systems.
 *
 * @param path Where.
 */
export async function writeSparseDay(path: string): Promise<void> {
  const song = await Deno.readFile(SONG);
  const samples = song.subarray(HEADER_BYTES);
  const header = song.slice(0, HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(4, DAY_BYTES + HEADER_BYTES - 8, true);
  view.setUint32(40, DAY_BYTES, true);
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (const bytes of [header, ...Array.from({ length: 122 }, () => samples)]) {
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  }
  await file.truncate(DAY_BYTES + HEADER_BYTES);
}
