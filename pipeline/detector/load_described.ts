import { createHash } from "node:crypto";
import { PbfReader } from "pbf";
import { MegapteraError } from "../../core/mod.ts";
import { DescribedEngine } from "./described_engine.ts";
import { type Description, parseDescription } from "./description.ts";
import { type Detector, DetectorFault, type LoadOptions } from "./detector.ts";
import {
  FRONT_END_REVISION,
  type FrontEnd,
  MEL_BANDS,
  MelPcenFrontEnd,
  WaveformFrontEnd,
} from "./front_end/mod.ts";

/** The waveform's front end does nothing that could change; resampling is part of this one's. */
const WAVEFORM_REVISION = 1;

/**
 * Loads a network that somebody else made, described by the JSON file beside it.
 *
 * @param path The `.onnx` file; the description has its name with `.json`.
 * @param options Threads, and the engine that was asked for.
 * @returns The detector, ready to score.
 * @throws {MegapteraError} `usage` where the portable engine was asked for, `data` where one of the
 * files can't be read or the network is not what is described.
 */
export async function loadDescribed(
  path: string,
  { engine, threads }: Pick<LoadOptions, "engine" | "threads">,
): Promise<Detector> {
  if (engine === "tfjs") {
    throw new MegapteraError(
      "usage",
      `Cannot score with ${path} in the portable engine as that runs the humpback network only: ` +
        "choose --engine onnx.",
    );
  }
  const network = await reading(path, path, Deno.readFile);
  const description = await readDescription(path);
  refuseWeightsElsewhere(network, path);
  const { name, sampleRateHz, windowSamples, classNames, calls } = description;
  return {
    name,
    sampleRateHz,
    windowSeconds: windowSamples / sampleRateHz,
    hopSeconds: 1,
    classNames,
    ...(calls === undefined ? {} : { calls }),
    weightsSha256: createHash("sha256").update(network).digest("hex"),
    revision: revisionOf(description),
    recipes: ["exact"],
    frontEnd: frontEndOf(description),
    engine: await DescribedEngine.load(network, path, description, threads),
  };
}

/** Refuses a network that would be read from more than the one file that is hashed. */
function refuseWeightsElsewhere(network: Uint8Array, path: string): void {
  let isElsewhere: boolean;
  try {
    isElsewhere = hasWeightsElsewhere(network);
  } catch (cause) {
    throw new DetectorFault(
      `Cannot score with ${path}: Cannot load the network as the file is no ONNX model, or damaged.`,
      { cause },
    );
  }
  if (!isElsewhere) return;
  throw new DetectorFault(
    `Cannot score with ${path} as its weights lie in another file, whose change would go unseen, or ` +
      "constants of its nodes, branches or functions do: save it again with all of them inside.",
  );
}

/**
 * Reads the description beside a network that somebody else made.
 *
 * @param path The `.onnx` file; the description has its name with `.json`.
 * @returns The description, checked.
 * @throws {MegapteraError} `data` where there is none, or it is wrong.
 */
export async function readDescription(path: string): Promise<Description> {
  // Who mistypes the network's name must not be sent to write a description.
  await reading(path, path, Deno.stat);
  const jsonPath = path.replace(/\.onnx$/i, ".json");
  const text = await reading(path, jsonPath, (file) => Deno.readTextFile(file));
  return parseDescription(text, jsonPath);
}

/**
 * Makes the revision of a description: all that it says and that decides a score; not the
 * detector's name, nor what becomes of scores.
 */
function revisionOf({ name: _name, calls: _calls, ...decisive }: Description): string {
  const revision = decisive.input.kind === "waveform" ? WAVEFORM_REVISION : FRONT_END_REVISION;
  return JSON.stringify({ ...decisive, revision });
}

function frontEndOf({ input, windowSamples, sampleRateHz }: Description): FrontEnd {
  if (input.kind === "waveform") return new WaveformFrontEnd(windowSamples, sampleRateHz);
  const { alpha, delta, root, smoothing } = input.pcen;
  const vector = (value: number | number[]): Float32Array =>
    typeof value === "number" ? new Float32Array(MEL_BANDS).fill(value) : Float32Array.from(value);
  return new MelPcenFrontEnd({
    alpha: vector(alpha),
    delta: vector(delta),
    root: vector(root),
    smoothing,
  });
}

async function reading<T>(
  model: string,
  path: string,
  read: (path: string) => Promise<T>,
): Promise<T> {
  try {
    return await read(path);
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound;
    const reason = missing ? "there is no such file" : (error as Error).message;
    const wayOn = missing && path !== model ? ": it describes the network (docs/detector.md)" : "";
    throw new MegapteraError(
      "data",
      `Cannot score with ${model} as ${path} can't be read: ${reason}${wayOn}.`,
      { cause: error },
    );
  }
}

/** Kinds of messages of onnx.proto3 (ONNX 1.17) that tensors lie in, and in which of their fields. */
const FIELDS = {
  model: { 7: "graph", 20: "training", 25: "function" },
  training: { 1: "graph", 2: "graph" },
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  function: { 7: "node", 11: "attribute" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  tensor: {},
} as const;

type Kind = keyof typeof FIELDS;

/** Field of a tensor that says where its values lie, 0 within the file. */
const DATA_LOCATION = 14;
/** Wire types of protocol buffers: integers, and messages. */
const VARINT = 0;
const BYTES = 2;

/**
 * Tells whether an ONNX model keeps any values in another file: its weights, or the constants of its
 * nodes, also in the branches of an `If`, the body of a `Loop`, or a function.
 *
 * @param bytes The `.onnx` file's bytes.
 * @returns Whether any lie elsewhere.
 * @throws {Error} Where it is no ONNX model, or can't be looked through.
 */
export function hasWeightsElsewhere(bytes: Uint8Array): boolean {
  const found = { elsewhere: false };
  read(new PbfReader(bytes), "model", bytes.length, found);
  return found.elsewhere;
}

/** Reads a message up to its end, and those within it. */
function read(reader: PbfReader, kind: Kind, end: number, found: { elsewhere: boolean }): void {
  const fields: Readonly<Record<number, Kind>> = FIELDS[kind];
  reader.readFields(
    (field) => {
      if (kind === "tensor" && field === DATA_LOCATION && reader.type === VARINT) {
        if (reader.readVarint() !== 0) found.elsewhere = true;
      } else if (field in fields && reader.type === BYTES) {
        const innerEnd = reader.readVarint() + reader.pos;
        if (innerEnd > end) throw new RangeError("A message reaches past the one that it lies in");
        read(reader, fields[field], innerEnd, found);
      }
    },
    undefined,
    end,
  );
  if (reader.pos !== end) throw new RangeError("A message ends within a field");
}
