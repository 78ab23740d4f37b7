/**
 * A season with a known answer: score files drawn from a written model, and what is true of them.
 *
 * @module
 */
export {
  SIMULATION_NOTICE,
  simulationFingerprint,
  type SimulationOf,
} from "./simulated_manifest.ts";
export { type SimulateOptions, simulateRange } from "./simulate_range.ts";
export { SIMULATION_REVISION, SONG_MODEL } from "./song_model.ts";
export { type TrueDay, type Truth, truthOf } from "./truth.ts";
