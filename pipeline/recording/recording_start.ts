import { MegapteraError } from "../errors.ts";
import { stamps } from "./stamps.ts";

/** When a recording starts and how exactly that is known. */
export interface RecordingStart {
  /** Epoch milliseconds, UTC. */
  readonly startMs: number;
  /** 1000 where whole seconds are known, 1 where milliseconds are. */
  readonly resolutionMs: 1000 | 1;
}

/**
 * When a recording starts, by its file's name. These names are read:
 *
 * - MARS: `MARS-20210101T000000Z-16kHz.wav`
 * - SoundTrap: `6871.210101093000.wav`
 * - AudioMoth and those alike: `20210101_093000.WAV`, `SITE_20210101_093000.wav`
 * - ISO 8601, basic or extended, with Z, an offset or neither: `2021-01-01T09:30:00.250+02:00`,
 *   `20210101T093000.250Z`, and as file systems demand it `2021-01-01T09-30-00Z`
 *
 * A name without a zone is taken as UTC. Fractions are read after the forms with a T only.
 *
 * @param fileName Name or path of the file; folders are ignored.
 * @param options `recordingStart`: an ISO 8601 time that overrides the name (UTC without a zone).
 * @returns The start; of an option it is known to the millisecond.
 * @throws {MegapteraError} `data` where the name has no time or several that differ, `usage`
 * where the option is not a time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type RecordingStart, recordingStart } from "./recording_start.ts";
 * const start: RecordingStart = recordingStart("6871.210101093000.wav");
 * assert.deepEqual(start, { startMs: Date.UTC(2021, 0, 1, 9, 30), resolutionMs: 1000 });
 * ```
 */
export function recordingStart(
  fileName: string,
  options: { readonly recordingStart?: string } = {},
): RecordingStart {
  if (options.recordingStart !== undefined) return startOfOption(options.recordingStart);
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  const found = stamps(name);
  const remedy = "rename it like NAME-20210101T093000Z.wav, or give its start with " +
    "--recording-start 2021-01-01T00:00:00Z";
  if (found.length === 0) {
    throw new MegapteraError(
      "data",
      `Cannot tell when ${name} starts as its name holds no date and time: ${remedy}.`,
    );
  }
  const other = found.find((stamp) => stamp.ms !== found[0].ms);
  if (other !== undefined) {
    const both = `${found[0].text} and ${other.text}`;
    throw new MegapteraError(
      "data",
      `Cannot tell when ${name} starts as its name holds two times, ${both}: ${remedy}.`,
    );
  }
  const isFine = found.some((stamp) => stamp.resolutionMs === 1);
  return { startMs: found[0].ms, resolutionMs: isFine ? 1 : 1000 };
}

function startOfOption(text: string): RecordingStart {
  const whole = stamps(text).find((stamp) => stamp.text === text);
  if (whole === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --recording-start "${text}" as it is not an ISO 8601 time of a day that exists: ` +
        "write it like 2021-01-01T00:00:00Z.",
    );
  }
  return { startMs: whole.ms, resolutionMs: 1 };
}
