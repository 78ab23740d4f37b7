import { fixture } from "./fixtures.ts";

/** A day of 24-bit, 16 kHz mono audio behind a header of 44 bytes. */
export const DAY_BYTES = 4_147_200_044;
const HEADER_BYTES = 44;
const BYTES_A_SECOND = 48_000;

/**
 * Writes a day of 4,147,200,044 bytes that is silent but for a minute of made-up song on each side
 * of some hours' borders. What is silent takes no room on most file systems.
 *
 * @param path Where.
 * @param hours The hours before which and in which there is song.
 */
export async function writeSparseDay(path: string, hours: readonly number[]): Promise<void> {
  const song = await Deno.readFile(fixture("song-16k.wav"));
  const header = song.slice(0, HEADER_BYTES);
  const view = new DataView(header.buffer);
  view.setUint32(4, DAY_BYTES - 8, true);
  view.setUint32(40, DAY_BYTES - HEADER_BYTES, true);
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  const write = async (offset: number, bytes: Uint8Array): Promise<void> => {
    await file.seek(offset, Deno.SeekMode.Start);
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  };
  await write(0, header);
  for (const hour of hours) {
    for (let part = 0; part < 4; part++) {
      const second = hour * 3600 - 60 + part * 30;
      await write(HEADER_BYTES + second * BYTES_A_SECOND, song.subarray(HEADER_BYTES));
    }
  }
  await file.truncate(DAY_BYTES);
}
