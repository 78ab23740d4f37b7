import { SeededRandom } from "../../../core/mod.ts";
import { decibelsToGain } from "./decibels.ts";
import type { OceanEvent } from "./ocean_event.ts";
import { type Ring, RingsVoice } from "./rings_voice.ts";
import type { Surroundings, Voice } from "./voice.ts";

/**
 * Knocks, as of a mooring or a fish: dull, single or double, at no beat.
 *
 * @param event Where and how loud.
 * @param surroundings The ocean it is in.
 */
export function knocksVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const random = new SeededRandom(event.seed, 0x4b);
  const peak = surroundings.referenceRms * decibelsToGain(event.levelDb);
  const hertz = random.octaves(60, 700);
  const gapSeconds = random.octaves(0.3, 3);
  const rings: Ring[] = [];
  let now = event.startSeconds;
  while (now < event.stopSeconds) {
    const strokes = random.integer(1, 2);
    for (let stroke = 0; stroke < strokes; stroke++) {
      rings.push({
        startSeconds: now + stroke * 0.12,
        hertz: hertz * random.between(0.9, 1.1),
        decaySeconds: random.octaves(0.008, 0.05),
        amplitude: peak * random.between(0.4, 1),
      });
    }
    now += 0.25 + gapSeconds * random.between(0.3, 2);
  }
  return [new RingsVoice(rings, surroundings)];
}
