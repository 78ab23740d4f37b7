/** Reading a detector's weights from a TensorFlow SavedModel. */
export { Checkpoint, type Variable } from "./checkpoint.ts";
export type { Block, ConvBn, HumpbackWeights, PcenWeights } from "./humpback_weights.ts";
export { type DetectorVariables, matchHumpback } from "./match_humpback.ts";
export { openCheckpoint } from "./open_checkpoint.ts";
export { readHumpback, type SavedModel } from "./read_humpback.ts";
export { type NamedModel, readSavedModel } from "./read_saved_model.ts";
