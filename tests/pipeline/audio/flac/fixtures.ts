import { fileURLToPath } from "node:url";
import type { Shape } from "./signal.ts";

/** A committed FLAC file, and what `flac` was told when it was made. */
export interface Fixture extends Shape {
  readonly name: string;
  readonly args: readonly string[];
}

export const fixtures: readonly Fixture[] = [
  {
    name: "mono-16",
    channels: 1,
    bits: 16,
    sampleRateHz: 16000,
    frames: 4000,
    args: ["-b", "576", "-S", "4x", "--no-padding"],
  },
  {
    name: "stereo-24",
    channels: 2,
    bits: 24,
    sampleRateHz: 48000,
    frames: 2000,
    args: ["-b", "192", "--no-seektable", "--no-padding"],
  },
  {
    name: "four-16",
    channels: 4,
    bits: 16,
    sampleRateHz: 44100,
    frames: 1000,
    args: ["-b", "256", "-S", "3x", "--no-padding"],
  },
  {
    name: "odd-rate-24",
    channels: 1,
    bits: 24,
    sampleRateHz: 65537,
    frames: 2500,
    args: ["-b", "1000", "--no-seektable", "--no-padding"],
  },
];

/** Path of a fixture. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}.flac`, import.meta.url));
}

/** Bytes of a fixture. */
export async function fixtureBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(fixturePath(name));
}
