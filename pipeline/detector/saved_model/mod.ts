/**
 * Reads TensorFlow's SavedModels: archive, checkpoint, graph, and the humpback network in them.
 *
 * @module
 */
export { Checkpoint, type Variable } from "./checkpoint.ts";
export { type DetectorVariables, matchHumpback } from "./match_humpback.ts";
export { openCheckpoint } from "./open_checkpoint.ts";
export {
  type Block,
  type ConvBn,
  type HumpbackWeights,
  type PcenWeights,
  readHumpback,
  type SavedModel,
} from "./read_humpback.ts";
export { type NamedModel, readSavedModel } from "./read_saved_model.ts";
