/**
 * Makes up an ocean that can be heard: song, ships, rain and noise, with a known answer.
 *
 * @module
 */
export {
  demoHour,
  type OceanEvent,
  type OceanPlan,
  planOcean,
  type SoundKind,
  type ToneForm,
  type TruthSpan,
} from "./events.ts";
export { EXAMPLE_RATE_HZ, exampleMooring, type MooredRecording } from "./example_mooring.ts";
export { makeOcean, type Ocean } from "./make_ocean.ts";
export { writeMadeUpWav } from "./write_made_up_wav.ts";
