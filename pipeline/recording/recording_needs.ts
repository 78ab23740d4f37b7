import { MegapteraError } from "../errors.ts";
import type { Recording } from "./recording.ts";
import { Resampler } from "./resampler.ts";
import { sourceName } from "./source_name.ts";
import { unreadable } from "./unreadable.ts";

/** What a recording must have to be scored. */
export interface RecordingNeeds {
  /** Sample rate of the detector in Hz: one that is lower can't hold what it listens for. */
  readonly detectorRateHz?: number;
  /** Which channel is scored, counted from 0. */
  readonly channel?: number;
}

/**
 * What keeps a recording that can be read from being scored.
 *
 * @param recording The recording, open or closed.
 * @param needs What it must have; nothing by default.
 * @returns The fault, `data` of its rate and `usage` of its channels; nothing where it will do.
 */
export function unmetNeed(
  recording: Pick<Recording, "source" | "sampleRateHz" | "channels">,
  { detectorRateHz, channel = 0 }: RecordingNeeds,
): MegapteraError | undefined {
  const { source, sampleRateHz, channels } = recording;
  if (channel >= channels) {
    const has = channels === 1 ? "only channel 0" : `channels 0 to ${channels - 1}`;
    return new MegapteraError(
      "usage",
      `Cannot read channel ${channel} of ${sourceName(source)} as it has ${has}: ` +
        "choose another --channel.",
    );
  }
  const fault = detectorRateHz && Resampler.fault(sampleRateHz, detectorRateHz);
  return fault ? unreadable(source, fault) : undefined;
}
