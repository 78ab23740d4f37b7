import type { Ocean } from "./make_ocean.ts";

const BYTES_A_SAMPLE = 3;
const FULL_SCALE = 2 ** 23;
/** Seconds that are made and written at a time. */
const BLOCK_SECONDS = 10;

/** Makes the 44 bytes before the samples: RIFF, `fmt ` (PCM, mono, 24 bit), `data`. */
function header(sampleRateHz: number, dataBytes: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(44));
  const tag = (offset: number, text: string): void => {
    for (let i = 0; i < 4; i++) view.setUint8(offset + i, text.charCodeAt(i));
  };
  tag(0, "RIFF");
  view.setUint32(4, 36 + dataBytes + (dataBytes & 1), true);
  tag(8, "WAVE");
  tag(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * BYTES_A_SAMPLE, true);
  view.setUint16(32, BYTES_A_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_A_SAMPLE, true);
  tag(36, "data");
  view.setUint32(40, dataBytes, true);
  return new Uint8Array(view.buffer);
}

function to24Bit(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * BYTES_A_SAMPLE);
  for (let i = 0, at = 0; i < samples.length; i++, at += BYTES_A_SAMPLE) {
    const value = Math.min(FULL_SCALE - 1, Math.round(samples[i] * FULL_SCALE));
    bytes[at] = value;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value >> 16;
  }
  return bytes;
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/**
 * Writes an ocean as a mono WAV of 24-bit PCM, ten seconds at a time.
 *
 * @param path Where; a file that is there is replaced.
 * @param ocean What; up to 2^31 bytes of samples (12 h at 16 kHz).
 */
export async function writeMadeUpWav(path: string | URL, ocean: Ocean): Promise<void> {
  const { sampleRateHz, durationSeconds } = ocean;
  const dataBytes = Math.round(durationSeconds * sampleRateHz) * BYTES_A_SAMPLE;
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  await writeAll(file, header(sampleRateHz, dataBytes));
  for (let second = 0; second < durationSeconds; second += BLOCK_SECONDS) {
    const samples = ocean.render(second, Math.min(BLOCK_SECONDS, durationSeconds - second));
    await writeAll(file, to24Bit(samples));
  }
  if (dataBytes & 1) await writeAll(file, new Uint8Array(1));
}
