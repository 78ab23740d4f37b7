import { MegapteraError } from "../../core/mod.ts";
import type { Manifest, ManifestSegment } from "../../pipeline/scores/mod.ts";

/** A recording that scores were made from. */
export interface MappedRecording {
  uri: string;
  /** Time of its first frame, epoch milliseconds. */
  startMs: number;
  /** Its whole length. */
  seconds: number;
  /** Which of its channels was scored, from 0. */
  channel: number;
  /** Lengths of all recordings before it, together: where it begins in the list of them all. */
  listSeconds: number;
}

/** A part of a span of time that lies in one recording. */
export interface MappedPiece {
  recording: MappedRecording;
  startMs: number;
  stopMs: number;
  /** Seconds from the recording's beginning. */
  fromSeconds: number;
  toSeconds: number;
}

/** A stretch of time that a recording gives, `[startMs, stopMs)`. */
interface Stretch {
  recording: MappedRecording;
  startMs: number;
  stopMs: number;
  fileSeconds: number;
}

/** Manifests write times in whole milliseconds: two of them may be this far off each other. */
const ROUNDING_MS = 2;

/**
 * Map from seconds to places in recordings, gathered from the manifests of hours in the order of
 * time. It grows with the number of recordings, not of hours.
 */
export class RecordingMap {
  readonly #recordings = new Map<string, MappedRecording>();
  readonly #stretches: Stretch[] = [];
  /** The last stretch of each recording. */
  readonly #last = new Map<MappedRecording, Stretch>();
  #listSeconds = 0;

  /** All recordings, in the order of time: those without bouts too. */
  get recordings(): MappedRecording[] {
    return [...this.#recordings.values()];
  }

  /**
   * Takes in the recordings of an hour.
   *
   * @throws {MegapteraError} `data` where a recording was of another length when an hour before was
   * scored: no one list of recordings fits both.
   */
  add(manifest: Manifest): void {
    const recordings = manifest.files.map(({ uri, start, frames, sampleRateHz }) => {
      const known = this.#recordings.get(uri);
      const seconds = frames / sampleRateHz;
      if (known && known.seconds !== seconds) {
        throw grown(uri, manifest.hour, known.seconds, seconds);
      }
      if (known) return known;
      const listSeconds = this.#listSeconds;
      const { channel } = manifest;
      const recording = { uri, startMs: Date.parse(start), seconds, channel, listSeconds };
      this.#recordings.set(uri, recording);
      this.#listSeconds += seconds;
      return recording;
    });
    for (const segment of manifest.segments) {
      const { sampleRateHz } = manifest.files[segment.file];
      this.#addSegment(recordings[segment.file], segment, sampleRateHz);
    }
  }

  #addSegment(recording: MappedRecording, segment: ManifestSegment, rateHz: number): void {
    const [startMs, stopMs] = [Date.parse(segment.start), Date.parse(segment.stop)];
    const fileSeconds = segment.fileFrame / rateHz;
    const last = this.#last.get(recording);
    if (last) {
      const clockMs = last.startMs + (fileSeconds - last.fileSeconds) * 1000;
      const joins = startMs <= last.stopMs + ROUNDING_MS;
      if (joins && Math.abs(clockMs - startMs) <= ROUNDING_MS) {
        last.stopMs = Math.max(last.stopMs, stopMs);
        return;
      }
    }
    const stretch = { recording, startMs, stopMs, fileSeconds };
    this.#last.set(recording, stretch);
    const at = this.#stretches.findLastIndex((other) => other.startMs <= startMs) + 1;
    this.#stretches.splice(at, 0, stretch);
  }

  /**
   * Where a span of time lies.
   *
   * @param startMs First instant, epoch milliseconds.
   * @param stopMs The instant after the last.
   * @returns Its pieces, ascending, one for each recording that it runs through; nothing where a
   * part of it is in no recording.
   */
  locate(startMs: number, stopMs: number): MappedPiece[] | undefined {
    const pieces: MappedPiece[] = [];
    let atMs = startMs;
    for (let i = this.#firstAfter(startMs); i < this.#stretches.length && atMs < stopMs; i++) {
      const { recording, fileSeconds, ...span } = this.#stretches[i];
      if (span.stopMs <= atMs) continue;
      if (span.startMs > atMs + ROUNDING_MS) break;
      const endMs = Math.min(stopMs, span.stopMs);
      const secondsAt = (ms: number): number =>
        Math.max(0, fileSeconds + (ms - span.startMs) / 1000);
      pieces.push({
        recording,
        startMs: atMs,
        stopMs: endMs,
        fromSeconds: secondsAt(atMs),
        toSeconds: secondsAt(endMs),
      });
      atMs = endMs;
    }
    return atMs >= stopMs - ROUNDING_MS && pieces.length > 0 ? pieces : undefined;
  }

  /** Index of the first stretch that may end after an instant. */
  #firstAfter(ms: number): number {
    let [low, high] = [0, this.#stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#stretches[middle].stopMs <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function grown(uri: string, hour: string, before: number, now: number): MegapteraError {
  return new MegapteraError(
    "data",
    `Cannot place bouts in ${uri} as it was ${before} s long when an hour before was scored, and ` +
      `${now} s for ${hour}: score the recordings again, which rescores just those hours.`,
  );
}
