import type { Recording } from "../../pipeline/audio/mod.ts";
import { type Catalogue, timeline, type TimelineEntry } from "../../pipeline/timeline/mod.ts";

/** A recording that is held in memory. */
export interface MemoryFile {
  name: string;
  startMs: number;
  sampleRateHz: number;
  samples: Float32Array;
  resolutionMs?: 1 | 1000;
}

/** A catalogue of recordings in memory; `reads` counts samples read from each. */
export function memoryCatalogue(
  files: readonly MemoryFile[],
): Catalogue & { readonly reads: number[] } {
  const entries: TimelineEntry[] = files.map((file) => ({
    uri: `memory:///${file.name}`,
    sizeBytes: file.samples.length * 4,
    version: "1",
    startMs: file.startMs,
    resolutionMs: file.resolutionMs ?? 1,
    sampleRateHz: file.sampleRateHz,
    channels: 1,
    frames: file.samples.length,
  }));
  const reads = files.map(() => 0);
  const open = (index: number): Promise<Recording> => {
    const { uri, sizeBytes, version } = entries[index];
    return Promise.resolve({
      source: { uri, sizeBytes, version, read: () => Promise.reject(), close: () => {} },
      sampleRateHz: files[index].sampleRateHz,
      channels: 1,
      frames: files[index].samples.length,
      warnings: [],
      read: (start, count) => {
        reads[index] += count;
        return Promise.resolve(files[index].samples.slice(start, start + count));
      },
      close: () => {},
    });
  };
  return {
    entries,
    timeline: timeline(entries),
    warnings: files.map(() => []),
    absent: [],
    open,
    reads,
  };
}

/** Noise that never repeats a sample, the same for the same seed. */
export function noise(samples: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) / 100;
  });
}
