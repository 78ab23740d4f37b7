import type { Recording } from "./recording.ts";

/**
 * Refuses a span or a channel that a recording does not have.
 *
 * @param recording The recording.
 * @param startFrame First frame.
 * @param frameCount How many.
 * @param channel Which channel, from 0.
 * @throws {RangeError} Where the span or channel lies outside the recording.
 */
export function checkRequest(
  recording: Pick<Recording, "frames" | "channels">,
  startFrame: number,
  frameCount: number,
  channel: number,
): void {
  const { frames, channels } = recording;
  const whole = Number.isInteger(startFrame) && Number.isInteger(frameCount);
  if (!whole || startFrame < 0 || frameCount < 0 || startFrame + frameCount > frames) {
    const span = `[${startFrame}, ${startFrame + frameCount})`;
    throw new RangeError(`Cannot read frames ${span} as the recording has ${frames}`);
  }
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new RangeError(`Cannot read channel ${channel} as there are ${channels} from 0`);
  }
}
