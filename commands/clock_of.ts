import { MegapteraError, TimeZone } from "../core/mod.ts";
import { NameFormat, type RecordingStartOptions } from "../pipeline/timeline/mod.ts";

/** Options of commands that read the names of recordings. */
export interface ClockArguments {
  recordingStart?: string;
  timezone?: string;
  nameFormat?: string;
}

/**
 * Reads the options that say how names are turned into times.
 *
 * @param options The command's options.
 * @returns How names are read.
 * @throws {MegapteraError} `usage` where one is wrong, or would not be used.
 */
export function clockOf(
  { recordingStart, timezone, nameFormat }: ClockArguments,
): RecordingStartOptions {
  if (recordingStart !== undefined && nameFormat !== undefined) {
    throw new MegapteraError(
      "usage",
      "Cannot use --name-format and --recording-start at once, as the start that is given is taken " +
        "instead of what a name says: leave one out.",
    );
  }
  return {
    ...(recordingStart === undefined ? {} : { recordingStart }),
    ...(timezone === undefined ? {} : { timeZone: new TimeZone(timezone) }),
    ...(nameFormat === undefined ? {} : { nameFormat: new NameFormat(nameFormat) }),
  };
}
