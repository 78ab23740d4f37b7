import { PbfReader } from "pbf";

// Field numbers are those of onnx.proto3 (ONNX 1.17).
const GRAPH = 7;
const INITIALIZER = 5;
const DATA_LOCATION = 14;
const EXTERNAL = 1;

/**
 * Whether an ONNX model keeps weights in a file beside it.
 *
 * @param bytes The `.onnx` file's bytes.
 * @returns Whether one of its constants lies elsewhere; `false` too where it is no ONNX model.
 */
export function hasWeightsElsewhere(bytes: Uint8Array): boolean {
  const found = { elsewhere: false };
  const within = (wanted: number, inner: typeof readLocation): typeof readLocation =>
  (
    field,
    result,
    reader,
  ) => {
    if (field === wanted) reader.readMessage(inner, result);
  };
  try {
    new PbfReader(bytes).readFields(within(GRAPH, within(INITIALIZER, readLocation)), found);
  } catch {
    return false; // ONNX Runtime says what is wrong with it
  }
  return found.elsewhere;
}

function readLocation(field: number, found: { elsewhere: boolean }, reader: PbfReader): void {
  if (field === DATA_LOCATION && reader.readVarint() === EXTERNAL) found.elsewhere = true;
}
