import { MegapteraError } from "../errors.ts";
import { formatUtc } from "../utc.ts";
import { type Stamp, stamps } from "./stamps.ts";
import type { TimeZone } from "./time_zone.ts";

/** When a recording starts and how exactly that is known. */
export interface RecordingStart {
  /** Epoch milliseconds, UTC. */
  readonly startMs: number;
  /** 1000 where whole seconds are known, 1 where milliseconds are. */
  readonly resolutionMs: 1000 | 1;
  /** A sentence where the name leaves it open which of two instants it means. */
  readonly note?: string;
}

/** What else decides when a recording starts. */
export interface RecordingStartOptions {
  /** An ISO 8601 time that overrides the name. */
  readonly recordingStart?: string;
  /** The zone of times without one; UTC unless given. */
  readonly timeZone?: TimeZone;
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
 * A time without a zone is of `timeZone`, or UTC. In the hour that the end of summer time repeats,
 * the first of the two is taken, and a note says so. Fractions are read after the forms with a T
 * only.
 *
 * @param fileName Name or path of the file; folders are ignored.
 * @param options A time that overrides the name, and the zone of times without one.
 * @returns The start; of an option it is known to the millisecond.
 * @throws {MegapteraError} `data` where the name has no time, several that differ, or one that
 * summer time skips; `usage` where the option is not a time.
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
  options: RecordingStartOptions = {},
): RecordingStart {
  const { timeZone } = options;
  if (options.recordingStart !== undefined) {
    return startOfOption(options.recordingStart, timeZone);
  }
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  const found = stamps(name);
  const remedy = "rename it like NAME-20210101T093000Z.wav, or score it alone with " +
    "--recording-start 2021-01-01T00:00:00Z";
  if (found.length === 0) {
    throw new MegapteraError(
      "data",
      `Cannot tell when ${name} starts as its name holds no date and time: ${remedy}.`,
    );
  }
  const starts = found.map((stamp) => startOfStamp(stamp, name, timeZone));
  const other = starts.findIndex(({ startMs }) => startMs !== starts[0].startMs);
  if (other >= 0) {
    const both = `${found[0].text} and ${found[other].text}`;
    throw new MegapteraError(
      "data",
      `Cannot tell when ${name} starts as its name holds two times, ${both}: ${remedy}.`,
    );
  }
  return starts.find(({ resolutionMs }) => resolutionMs === 1) ?? starts[0];
}

function startOfOption(text: string, timeZone: TimeZone | undefined): RecordingStart {
  const whole = stamps(text).find((stamp) => stamp.text === text);
  if (whole === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot use --recording-start "${text}" as it is not an ISO 8601 time of a day that exists: ` +
        "write it like 2021-01-01T00:00:00Z.",
    );
  }
  return { ...startOfStamp(whole, "--recording-start", timeZone), resolutionMs: 1 };
}

/** The instant that a stamp means. */
function startOfStamp(stamp: Stamp, name: string, timeZone: TimeZone | undefined): RecordingStart {
  const { ms, hasZone, resolutionMs, text } = stamp;
  if (hasZone || timeZone === undefined) return { startMs: ms, resolutionMs };
  const [startMs, second] = timeZone.instants(ms);
  if (startMs === undefined) {
    throw new MegapteraError(
      "data",
      `Cannot tell when ${name} starts as summer time in ${timeZone.name} skips ${text}: a recorder ` +
        "whose clock shows it does not follow summer time; give a zone that does not, such as " +
        "--timezone Etc/GMT+8.",
    );
  }
  if (second === undefined) return { startMs, resolutionMs };
  const note = `${text} in the name of ${name} comes twice in ${timeZone.name}: the first, ` +
    `${formatUtc(startMs)}, was taken, not ${formatUtc(second)}.`;
  return { startMs, resolutionMs, note };
}
