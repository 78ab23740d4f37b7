/**
 * Makes up seasons of scores with a known answer, gaps and ships in them.
 *
 * @module
 */
export { planDay } from "./day_plan.ts";
export { type SimulateOptions, simulateRange } from "./simulate_range.ts";
export {
  SIMULATION_NOTICE,
  simulationFingerprint,
  type SimulationOf,
} from "./simulated_manifest.ts";
export { SIMULATION_REVISION, SONG_MODEL } from "./song_model.ts";
export { songOfDay } from "./song_of_day.ts";
export { type TrueDay, type Truth, truthOf } from "./truth.ts";
