import { SeededRandom } from "../../../core/mod.ts";
import { decibelsToGain } from "./decibels.ts";
import type { OceanEvent } from "./ocean_event.ts";
import { type Ring, RingsVoice } from "./rings_voice.ts";
import type { Surroundings, Voice } from "./voice.ts";

/**
 * A train of clicks, as a sperm whale makes them: nearly even, broadband, each with an echo.
 *
 * @param event Where and how loud.
 * @param surroundings The ocean it is in.
 */
export function clicksVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const random = new SeededRandom(event.seed, 0xc1);
  const peak = surroundings.referenceRms * decibelsToGain(event.levelDb);
  const everySeconds = random.octaves(0.25, 1.3);
  const echoSeconds = random.octaves(0.004, 0.05);
  const rings: Ring[] = [];
  let now = event.startSeconds;
  while (now < event.stopSeconds) {
    const loud = peak * random.between(0.5, 1);
    for (const [delay, gain] of [[0, 1], [0.0006, 0.7], [echoSeconds, 0.4]]) {
      rings.push({
        startSeconds: now + delay,
        hertz: random.octaves(900, 6000),
        decaySeconds: random.octaves(0.0005, 0.003),
        amplitude: loud * gain,
      });
    }
    now += everySeconds * random.between(0.9, 1.1);
  }
  return [new RingsVoice(rings, surroundings)];
}
