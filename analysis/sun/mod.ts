/**
 * Tells night, dawn, day and dusk from the sun's altitude.
 *
 * @module
 */
export {
  type Light,
  type LightLimits,
  lightLimits,
  lightOf,
  LIGHTS,
  type LightSpan,
  lightSpans,
} from "./light.ts";
export {
  type AltitudeOf,
  type Place,
  solarAltitude,
  type SunCrossing,
  sunCrossings,
} from "./sun_crossings.ts";
