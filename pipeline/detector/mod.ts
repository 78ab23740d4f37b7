/**
 * Turns audio into scores: front ends, networks, engines, recipes, and detectors as others publish them.
 *
 * @module
 */
export { type Description, parseDescription } from "./description.ts";
export { type BoutConvention, type Detector, DetectorFault } from "./detector.ts";
export {
  buildNetwork,
  type Engine,
  type EngineResult,
  foldBatchNorm,
  type FoldedConv,
  loadPortable,
  NETWORK,
  OnnxEngine,
  type OnnxTensorInfo,
  TfjsEngine,
  WebGpuEngine,
} from "./engine/mod.ts";
export {
  DETECTOR_SAMPLE_RATE_HZ,
  FRAME_SAMPLES,
  frameCount,
  framesIn,
  FRONT_END_REVISION,
  type FrontEnd,
  HOP_SAMPLES,
  MEL_BANDS,
  type MelBand,
  MelPcenFrontEnd,
  MelSpectrogram,
  melWeights,
  Pcen,
  type PcenParameters,
  samplesOf,
  samplesOfFrames,
  type StartedFrontEnd,
  WaveformFrontEnd,
  WINDOW_FRAMES,
  WINDOW_SAMPLES,
  type WindowStream,
} from "./front_end/mod.ts";
export { downloadArchive, type DownloadOptions, PUBLISHED_HOMES } from "./install/mod.ts";
export { hashFile, installModel, type ModelRecord, readInstalledModel } from "./installed_model.ts";
export { DEMO_NOTICE, detectorRateHz, googleFolder, loadDetector } from "./load_detector.ts";
export type { EngineName, LoadOptions } from "./detector.ts";
export {
  checkPublished,
  familyRateHz,
  GOOGLE_MODEL,
  PUBLISHED_WINDOW_SECONDS,
  speciesOf,
  weightsNotice,
} from "./published.ts";
export { type Recipe, RECIPES, scoreSignature } from "./recipes.ts";
export {
  type Block,
  Checkpoint,
  type ConvBn,
  type DetectorVariables,
  type HumpbackWeights,
  matchHumpback,
  type NamedModel,
  openCheckpoint,
  type PcenWeights,
  readHumpback,
  readSavedModel,
  type SavedModel,
  type Variable,
} from "./saved_model/mod.ts";
export {
  checkRecipe,
  fingerprint,
  type FingerprintParts,
  makeMethod,
  type Method,
} from "./method.ts";
