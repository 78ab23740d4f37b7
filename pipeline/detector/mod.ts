/**
 * Detectors: what turns audio into scores.
 *
 * @module
 */
export type { Detector } from "./detector.ts";
export { DetectorFault } from "./detector_fault.ts";
export { type Description, parseDescription } from "./described/description.ts";
export * from "./engine/mod.ts";
export * from "./front_end/mod.ts";
export { installModel, type ModelRecord, readInstalledModel } from "./installed_model.ts";
export {
  DEMO_NOTICE,
  detectorRateHz,
  type EngineName,
  googleFolder,
  loadDetector,
  type LoadOptions,
} from "./load_detector.ts";
export * from "./network/mod.ts";
export { GOOGLE_MODEL, weightsNotice } from "./published.ts";
export { type Recipe, RECIPES, scoreSignature } from "./recipes/mod.ts";
export { downloadArchive, type DownloadOptions, PUBLISHED_HOMES } from "./install/mod.ts";
export * from "./saved_model/mod.ts";
export type { CallConvention } from "./detector.ts";
export { hashFile } from "./installed_model.ts";
export { checkPublished } from "./published.ts";
