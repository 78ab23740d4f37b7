import { MegapteraError } from "../../../core/mod.ts";
import type { OnnxTensorInfo } from "../engine/mod.ts";

/** What a network takes and gives. */
export interface Tensors {
  readonly inputs: readonly OnnxTensorInfo[];
  readonly outputs: readonly OnnxTensorInfo[];
}

/** What its description says of that. */
export interface ExpectedTensors {
  input: string | undefined;
  output: string | undefined;
  /** Shape of one window, after the batch's axis. */
  windowShape: readonly number[];
  classes: number;
}

/**
 * Holds a network to its description.
 *
 * @param path How to name the network's file in errors.
 * @param tensors What the network takes and gives.
 * @param expected What its description says.
 * @returns Windows that a batch must have; nothing where it may have any number.
 * @throws {MegapteraError} `data` where the two differ.
 */
export function checkTensors(
  path: string,
  tensors: Tensors,
  expected: ExpectedTensors,
): number | undefined {
  const { windowShape, classes } = expected;
  const wrong = (what: string): MegapteraError =>
    new MegapteraError(
      "data",
      `Cannot score with ${path} as its description is of another network: ${what}.`,
    );
  const pick = (from: readonly OnnxTensorInfo[], name: string | undefined, what: string) => {
    const found = name === undefined ? from : from.filter((tensor) => tensor.name === name);
    const names = from.map((tensor) => tensor.name).join(", ");
    if (found.length === 0) throw wrong(`it has no ${what} "${name}", but ${names}`);
    if (found.length > 1) {
      throw wrong(
        `it has ${found.length} ${what}s, so that "${what}.name" must say which: ${names}`,
      );
    }
    if (found[0].type !== "float32") {
      throw wrong(`its ${what} "${found[0].name}" is of type ${found[0].type} instead of float32`);
    }
    return found[0];
  };
  const input = pick(tensors.inputs, expected.input, "input");
  if (tensors.inputs.length > 1) {
    const names = tensors.inputs.map(({ name }) => name).join(", ");
    throw wrong(`it takes ${tensors.inputs.length} inputs instead of one: ${names}`);
  }
  const output = pick(tensors.outputs, expected.output, "output");
  const show = (shape: readonly (number | string)[]): string => `[${shape.join(", ")}]`;
  if (!fits(input.shape.slice(1), windowShape)) {
    throw wrong(
      `its input "${input.name}" is ${show(input.shape)} instead of ${show(["n", ...windowShape])}`,
    );
  }
  // For one class some networks give one number a window.
  const perWindow = output.shape.slice(1);
  if (!fits(perWindow, [classes]) && !(classes === 1 && perWindow.length === 0)) {
    throw wrong(
      `its output "${output.name}" is ${show(output.shape)} instead of ${show(["n", classes])}`,
    );
  }
  const [batch] = input.shape;
  return typeof batch === "number" && batch > 0 ? batch : undefined;
}

/** Whether a shape may be another; a free axis may have any length. */
function fits(shape: readonly (number | string)[], wanted: readonly number[]): boolean {
  return shape.length === wanted.length &&
    shape.every((length, axis) =>
      typeof length === "string" || length <= 0 || length === wanted[axis]
    );
}
