/** Made-up oceans with the truth about them, for the demo and its detector. */
export { makeOcean, type Ocean } from "./make_ocean.ts";
export type { OceanEvent, OceanPlan, SoundKind, ToneForm, TruthSpan } from "./ocean_event.ts";
export { planOcean } from "./plan_ocean.ts";
export { demoHour } from "./demo_hour.ts";
export { writeMadeUpWav } from "./write_made_up_wav.ts";
