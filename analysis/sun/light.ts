/** A class of light by the sun's altitude. */
export type Light = "night" | "dawn" | "day" | "dusk";

/** All classes, in the order of a day. */
export const LIGHTS: readonly Light[] = ["night", "dawn", "day", "dusk"];

/** Which altitudes of the sun's centre part the classes. */
export interface LightLimits {
  /** Day is above this, degrees; −0.833 by default: the upper limb on a refracted horizon. */
  day?: number | undefined;
  /** Night is below this, degrees; −12 by default, the end of nautical twilight. */
  night?: number | undefined;
}

/**
 * Fills in and checks the limits.
 *
 * @param limits What was asked for.
 * @returns Both limits, degrees.
 * @throws {RangeError} Where night would begin above day, or a limit is no altitude.
 */
export function lightLimits(limits: LightLimits = {}): { day: number; night: number } {
  const { day = -0.833, night = -12 } = limits;
  if (!(Math.abs(day) <= 90) || !(Math.abs(night) <= 90) || night > day) {
    throw new RangeError(
      `Cannot class light as night must end below day, both within ±90°: night ${night}, day ${day}`,
    );
  }
  return { day, night };
}

/**
 * The class of an altitude: day above its limit, night below its own, twilight from one to the
 * other, its ends included: dawn while the sun climbs, dusk while it sinks.
 *
 * @param altitude Degrees.
 * @param rising Whether the sun climbs.
 * @param limits Both limits, degrees.
 */
export function lightOf(
  altitude: number,
  rising: boolean,
  limits: { day: number; night: number },
): Light {
  if (altitude > limits.day) return "day";
  if (altitude < limits.night) return "night";
  return rising ? "dawn" : "dusk";
}
