import { join } from "node:path";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";
import { noise } from "./memory_catalogue.ts";
import { filesBelow } from "./temporary_folder.ts";

/**
 * Writes recordings of noise, one in each of some hours that follow each other.
 *
 * @returns Their paths.
 */
export async function writeHours(
  folder: string,
  hours: number,
  seconds: number,
): Promise<string[]> {
  const paths: string[] = [];
  for (let hour = 0; hour < hours; hour++) {
    const samples = Int16Array.from(noise(seconds * 16_000, hour + 1), (value) => value * 32768);
    const path = join(folder, `SITE_20210101_${String(hour).padStart(2, "0")}1500.wav`);
    const data = { name: "data", body: new Uint8Array(samples.buffer) };
    await Deno.writeFile(path, riff([fmt(), data]));
    paths.push(path);
  }
  return paths;
}

/** The texts of all scores below a folder; manifests differ in how long it took. */
export async function scoresBelow(folder: string): Promise<Record<string, string>> {
  const names = (await filesBelow(folder)).filter((name) => name.endsWith(".csv"));
  const texts = names.map(async (name) => [name, await Deno.readTextFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(texts));
}
