import { SeededRandom } from "../../../core/mod.ts";

/** Speed of sound in sea water, in m/s. */
const SOUND_SPEED = 1500;

/** How a ship goes by: along a straight line at a steady speed. */
export interface ShipPassage {
  /** Time of the closest approach, in seconds from the start of the ocean. */
  readonly closestSeconds: number;
  /** Distance at a time, in metres. */
  readonly distanceAt: (seconds: number) => number;
  /** Distance at the closest approach, in metres. */
  readonly closestMetres: number;
  /** Time lag of the sound that comes off the surface, in seconds. */
  readonly surfaceLagAt: (seconds: number) => number;
  /** The time at which what is heard now left the ship, but for a constant. */
  readonly sentAt: (seconds: number) => number;
}

/**
 * Draws a passage that is about centred in a span and faint at its ends.
 *
 * @param seed Draws it.
 * @param startSeconds Where the span starts.
 * @param stopSeconds Where it stops.
 */
export function drawPassage(seed: number, startSeconds: number, stopSeconds: number): ShipPassage {
  const random = new SeededRandom(seed, 0x5b);
  const span = stopSeconds - startSeconds;
  const closestSeconds = startSeconds + span * random.between(0.4, 0.6);
  const speed = random.between(4, 10);
  const closestMetres = (speed * span) / random.between(8, 16);
  const depths = random.between(3, 8) * random.between(30, 200);
  const distanceAt = (seconds: number): number =>
    Math.hypot(closestMetres, speed * (seconds - closestSeconds));
  return {
    closestSeconds,
    closestMetres,
    distanceAt,
    // Two paths of a shallow source differ by 2·(source depth)·(receiver depth) / distance.
    surfaceLagAt: (seconds) => Math.min(0.006, (2 * depths) / distanceAt(seconds) / SOUND_SPEED),
    sentAt: (seconds) => seconds - distanceAt(seconds) / SOUND_SPEED,
  };
}
