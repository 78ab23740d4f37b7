import { join } from "node:path";
import { fmt, riff } from "../pipeline/recording/wav_bytes.ts";
import { noise } from "./memory_catalogue.ts";
import { wavOf } from "./archive.ts";

const RATE_HZ = 16_000;
const HOUR_MS = 3_600_000;

/** A recording whose samples turn into no numbers: its hour can be opened, and not be scored. */
function corruptWav(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = noise(seconds * RATE_HZ).fill(NaN, 2 * RATE_HZ);
  const float = fmt({ tag: 3, bits: 32 });
  return riff([float, { name: "data", body: new Uint8Array(samples.buffer) }]);
}

/**
 * Writes a recording of a few seconds for each of some hours from 2021-01-01 on.
 *
 * @param folder Where.
 * @param hours How many hours.
 * @param seconds Seconds of noise in each.
 * @param corrupt Hours whose recording is corrupt.
 * @returns The folder.
 */
export async function writeBatchArchive(
  folder: string,
  hours: number,
  seconds: number,
  corrupt: readonly number[] = [],
): Promise<string> {
  const recordings = join(folder, "recordings");
  await Deno.mkdir(recordings, { recursive: true });
  for (let hour = 0; hour < hours; hour++) {
    const iso = new Date(Date.UTC(2021, 0, 1) + hour * HOUR_MS).toISOString();
    const name = `${iso.slice(0, 10).replaceAll("-", "")}_${iso.slice(11, 13)}0000.wav`;
    const bytes = corrupt.includes(hour) ? corruptWav(seconds) : wavOf(seconds, hour + 1);
    await Deno.writeFile(join(recordings, name), bytes);
  }
  return recordings;
}
