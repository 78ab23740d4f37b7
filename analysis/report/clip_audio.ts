import { MegapteraError } from "../../core/mod.ts";
import { openRecording, Resampler } from "../../pipeline/audio/mod.ts";
import type { Manifest } from "../../pipeline/scores/mod.ts";

/** Rate of clips, Hz: what the published detector hears. */
export const CLIP_RATE_HZ = 10_000;

/** A stretch of audio around a moment. */
export interface ClipAudio {
  /** Mono samples at `CLIP_RATE_HZ`. */
  samples: Float32Array;
  /** The recording's name. */
  file: string;
}

/**
 * Reads the audio around a moment from the recording that the hour's manifest names.
 *
 * @param manifest The manifest of the hour that the moment lies in.
 * @param centreMs The moment, epoch milliseconds.
 * @param seconds How long, as far as the one recording reaches.
 * @param placeOf Where a recording is, by the URI that the manifest has for it.
 * @returns The audio.
 * @throws {MegapteraError} Where there is none, in one sentence.
 */
export async function clipAudio(
  manifest: Manifest,
  centreMs: number,
  seconds: number,
  placeOf: (uri: string) => string | undefined,
): Promise<ClipAudio> {
  const segment = manifest.segments.find(({ start, stop }) =>
    Date.parse(start) <= centreMs && centreMs < Date.parse(stop)
  );
  if (!segment) {
    throw new MegapteraError("data", "Its manifest names no recording there.");
  }
  const { uri, sampleRateHz, sizeBytes } = manifest.files[segment.file];
  const place = placeOf(uri);
  const file = nameOf(uri);
  if (place === undefined) {
    throw new MegapteraError("data", `The audio, ${file}, is not at hand (--audio).`);
  }
  const recording = await openRecording(place);
  try {
    const found = { sampleRateHz: recording.sampleRateHz, sizeBytes: recording.source.sizeBytes };
    if (found.sampleRateHz !== sampleRateHz || found.sizeBytes !== sizeBytes) {
      throw new MegapteraError(
        "data",
        `${file} has ${found.sizeBytes} bytes at ${found.sampleRateHz} Hz, and was scored with ` +
          `${sizeBytes} at ${sampleRateHz} Hz: it is another file.`,
      );
    }
    const centre = segment.fileFrame +
      Math.round((centreMs - Date.parse(segment.start)) / 1000 * sampleRateHz);
    const half = Math.round(seconds * sampleRateHz / 2);
    const from = Math.max(0, centre - half);
    const to = Math.min(recording.frames, centre + half);
    const input = await recording.read(from, Math.max(0, to - from), manifest.channel);
    return { samples: resampled(input, sampleRateHz), file };
  } finally {
    recording.close();
  }
}

/** The last part of an address, as people wrote it. */
export function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function resampled(input: Float32Array, sampleRateHz: number): Float32Array {
  if (sampleRateHz === CLIP_RATE_HZ) return input;
  const resampler = new Resampler(sampleRateHz, CLIP_RATE_HZ);
  const span = { start: 0, count: resampler.outputLength(input.length) };
  const { start, count } = resampler.inputSpan(span);
  const padded = new Float32Array(count);
  // What lies outside counts as 0.
  const [from, to] = [Math.max(0, start), Math.min(input.length, start + count)];
  padded.set(input.subarray(from, to), from - start);
  return resampler.process(padded, span);
}
