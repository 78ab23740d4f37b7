import { MegapteraError } from "../../core/mod.ts";
import type { Description } from "./description.ts";
import { DetectorFault } from "./detector.ts";
import { type Engine, type EngineResult, OnnxEngine, type OnnxTensorInfo } from "./engine/mod.ts";
import { MEL_BANDS, WINDOW_FRAMES } from "./front_end/mod.ts";

/** Values of the windows of a batch, about; few windows where they are long. */
const MOST_BATCH_VALUES = 1 << 20;

/** Runs a network that somebody else made in the native engine, and holds it to its description. */
export class DescribedEngine implements Engine {
  readonly batchWindows: number;
  readonly description: string;
  readonly #engine: OnnxEngine;
  readonly #path: string;
  readonly #windowValues: number;
  readonly #fixedBatch: number | undefined;
  readonly #classes: number;
  readonly #output: Description["output"]["kind"];

  private constructor(engine: OnnxEngine, path: string, description: Description) {
    const windowShape = shapeOf(description);
    const { classNames, input, output } = description;
    this.#fixedBatch = checkTensors(path, engine, {
      input: input.name,
      output: output.name,
      windowShape,
      classes: classNames.length,
    });
    this.#engine = engine;
    this.#path = path;
    this.#windowValues = windowShape.reduce((product, length) => product * length, 1);
    this.#classes = classNames.length;
    this.#output = output.kind;
    this.description = engine.description;
    const fitting = Math.max(1, Math.floor(MOST_BATCH_VALUES / this.#windowValues));
    this.batchWindows = this.#fixedBatch ?? Math.min(engine.batchWindows, fitting);
  }

  /**
   * Loads a network and runs it once, so that one that does not do what its description says is
   * found before any audio is read.
   *
   * @param network The `.onnx` file's bytes.
   * @param path How to name it in errors.
   * @param description What it is.
   * @param threads Threads that it runs on, ≥ 1.
   * @throws {MegapteraError} `data` where it can't be read or is not what is described,
   * `configuration` where the native library can't be loaded.
   */
  static async load(
    network: Uint8Array,
    path: string,
    description: Description,
    threads: number,
  ): Promise<DescribedEngine> {
    const { input, output } = description;
    const engine = await naming(path, () =>
      OnnxEngine.load(network, threads, {
        ...(input.name === undefined ? {} : { input: input.name }),
        windowShape: shapeOf(description),
        outputs: output.name === undefined ? {} : { scores: output.name },
        fault: "data",
      }));
    try {
      const described = new DescribedEngine(engine, path, description);
      await described.run(new Float32Array(described.#windowValues));
      return described;
    } catch (error) {
      engine.close();
      throw error;
    }
  }

  async run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    const count = windows.length / this.#windowValues;
    if (!Number.isInteger(count)) {
      const size = this.#windowValues;
      throw new RangeError(`windows hold ${size} values each; ${windows.length} were given`);
    }
    const given = this.#fixedBatch === undefined
      ? await this.#ask(windows, count)
      : await this.#askInParts(windows, count, this.#fixedBatch);
    return { scores: toProbabilities(given, this.#classes, this.#output) };
  }

  /** Asks a network whose batch has a fixed length, with silence in place of what is missing. */
  async #askInParts(windows: Float32Array, count: number, batch: number): Promise<Float32Array> {
    const given = new Float32Array(count * this.#classes);
    for (let first = 0; first < count; first += batch) {
      const part = new Float32Array(batch * this.#windowValues);
      const from = first * this.#windowValues;
      part.set(windows.subarray(from, from + part.length));
      const values = await this.#ask(part, batch);
      const wanted = Math.min(batch, count - first) * this.#classes;
      given.set(values.subarray(0, wanted), first * this.#classes);
    }
    return given;
  }

  async #ask(windows: Float32Array<ArrayBuffer>, count: number): Promise<Float32Array> {
    const { scores } = await naming(this.#path, () => this.#engine.run(windows));
    if (scores.length === count * this.#classes) return scores;
    throw new DetectorFault(
      `Cannot score with ${this.#path} as its description is of another network: it gives ` +
        `${scores.length / count} numbers a window instead of ${this.#classes}, one a class.`,
    );
  }

  close(): void {
    this.#engine.close();
  }
}

/** Computes the shape of one window, after the batch's axis. */
function shapeOf({ input, windowSamples }: Description): number[] {
  if (input.kind === "mel-pcen") return [1, WINDOW_FRAMES, MEL_BANDS];
  switch (input.layout) {
    case "[n, samples]":
      return [windowSamples];
    case "[n, samples, 1]":
      return [windowSamples, 1];
    case "[n, 1, samples]":
      return [1, windowSamples];
  }
}

/** Names the network's file in what goes wrong with it. */
async function naming<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof MegapteraError) || error.kind !== "data") throw error;
    const reason = error.message.split(/[\n\ufffd]/)[0];
    throw new DetectorFault(`Cannot score with ${path}: ${reason}`, { cause: error });
  }
}

/** Tensors that a network takes and gives. */
interface Tensors {
  readonly inputs: readonly OnnxTensorInfo[];
  readonly outputs: readonly OnnxTensorInfo[];
}

/** Tensors that its description says it takes and gives. */
interface ExpectedTensors {
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
function checkTensors(
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

/** Tells whether a shape may be another; a free axis may have any length. */
function fits(shape: readonly (number | string)[], wanted: readonly number[]): boolean {
  return shape.length === wanted.length &&
    shape.every((length, axis) =>
      typeof length === "string" || length <= 0 || length === wanted[axis]
    );
}

/**
 * Turns what a network gives into scores.
 *
 * @param given `[windows, classes]`.
 * @param classes Number of classes, ≥ 1.
 * @param kind What it is: a probability is left as it is; of a logit the sigmoid is taken, or the
 *   softmax over the classes of a window.
 * @returns `[windows, classes]`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...toProbabilities(Float32Array.of(0, 0), 1, "logit")], [0.5, 0.5]);
 * assert.deepEqual([...toProbabilities(Float32Array.of(9, 9), 2, "softmax")], [0.5, 0.5]);
 * ```
 */
export function toProbabilities(
  given: Float32Array,
  classes: number,
  kind: Description["output"]["kind"],
): Float32Array {
  if (kind === "probability") return given;
  if (kind === "logit") return given.map((logit) => 1 / (1 + Math.exp(-logit)));
  const scores = new Float32Array(given.length);
  for (let at = 0; at < given.length; at += classes) {
    const logits = given.subarray(at, at + classes);
    const most = logits.reduce((a, b) => Math.max(a, b));
    // Less the largest, so that none overflows.
    const powers = Float64Array.from(logits, (logit) => Math.exp(logit - most));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, kind) => scores[at + kind] = power / sum);
  }
  return scores;
}
