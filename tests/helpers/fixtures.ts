import { fileURLToPath } from "node:url";
import { openWav } from "../../pipeline/audio/mod.ts";
import { openFileSource } from "../../pipeline/places/mod.ts";

/** Path of a committed fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** Values of a float32 `.npy` file. */
export async function readNpy(name: string): Promise<Float32Array> {
  const bytes = await Deno.readFile(fixture(name));
  const headerBytes = new DataView(bytes.buffer).getUint16(8, true);
  return new Float32Array(bytes.buffer.slice(10 + headerBytes));
}

/** All samples of a fixture's first channel. */
export async function readSamples(name: string): Promise<Float32Array> {
  const recording = await openWav(await openFileSource(fixture(name)));
  try {
    return await recording.read(0, recording.frames, 0);
  } finally {
    recording.close();
  }
}

/** A committed JSON fixture. */
// deno-lint-ignore no-explicit-any
export async function readJson(name: string): Promise<any> {
  return JSON.parse(await Deno.readTextFile(fixture(name)));
}

/** The largest difference of two arrays, element by element. */
export function worstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < b.length; i++) worst = Math.max(worst, Math.abs(a[i] - b[i]));
  return worst;
}
