/**
 * The sun at a place: its altitude, when it crosses a limit, and the class of light.
 *
 * @module
 */
export { type Light, type LightLimits, lightLimits, lightOf, LIGHTS } from "./light.ts";
export { type LightSpan, lightSpans } from "./light_spans.ts";
export { type AltitudeOf, type Place, solarAltitude } from "./solar_altitude.ts";
export { type SunCrossing, sunCrossings } from "./sun_crossings.ts";
