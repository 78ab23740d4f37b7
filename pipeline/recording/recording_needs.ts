import { MegapteraError } from "../../core/mod.ts";
import { sourceName } from "../places/mod.ts";
import type { Recording } from "./recording.ts";
import { Resampler } from "./resampler.ts";
import { unreadable } from "./unreadable.ts";

/** Names of recordings that sound triggered, by AudioMoth: time in them is not linear. */
const TRIGGERED = /(?<!\d)\d{8}_\d{6}T\.(?:wav|flac)$/i;

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
 * @returns The fault, `usage` of its channels and `data` otherwise; nothing where it will do.
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
  if (TRIGGERED.test(sourceName(source))) {
    return unreadable(
      source,
      "AudioMoth left out of it what was quiet between the sounds that triggered it, so that its " +
        "seconds do not follow each other: expand it with the AudioMoth Configuration App",
    );
  }
  const fault = detectorRateHz && Resampler.fault(sampleRateHz, detectorRateHz);
  return fault ? unreadable(source, fault) : undefined;
}
