import { MegapteraError } from "../../../core/mod.ts";
import { DetectorFault } from "../detector_fault.ts";
import { type Engine, type EngineResult, OnnxEngine } from "../engine/mod.ts";
import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/mod.ts";
import { checkTensors } from "./check_tensors.ts";
import type { Description } from "./description.ts";
import { toProbabilities } from "./to_probabilities.ts";

/** Values of the windows of a batch, about; few windows where they are long. */
const MOST_BATCH_VALUES = 1 << 20;

/** Somebody else's network in the native engine, held to its description. */
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

  /** For a network whose batch has a fixed length, with silence in place of what is missing. */
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

/** Shape of one window, after the batch's axis. */
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
