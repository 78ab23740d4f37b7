/** Reading a TensorFlow SavedModel of the humpback_whale family. */
export { Checkpoint, type Variable } from "./checkpoint.ts";
export type { Block, ConvBn, HumpbackWeights } from "./humpback_weights.ts";
export { readSavedModel, type SavedModel } from "./read_saved_model.ts";
