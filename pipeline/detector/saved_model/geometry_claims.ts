import { join } from "node:path";
import { openFileSource } from "../../places/mod.ts";
import {
  DETECTOR_SAMPLE_RATE_HZ,
  FRAME_SAMPLES,
  HOP_SAMPLES,
  WINDOW_SAMPLES,
} from "../front_end/mod.ts";
import { type Constant, constantOf } from "./constant.ts";
import { type Graph, type GraphFunction, type Node, readGraphs } from "./graph.ts";
import { unreadableModel } from "./unreadable_model.ts";

/** Geometry that the family's front end is built for, and its words. */
const FAMILY = {
  rateHz: { value: DETECTOR_SAMPLE_RATE_HZ, said: (hz: string) => `${hz} Hz` },
  windowSamples: { value: WINDOW_SAMPLES, said: (n: string) => `windows of ${n} samples` },
  frameSamples: { value: FRAME_SAMPLES, said: (n: string) => `frames of ${n} samples` },
  hopSamples: { value: HOP_SAMPLES, said: (n: string) => `a frame every ${n} samples` },
  fftSamples: { value: FRAME_SAMPLES, said: (n: string) => `an FFT of ${n}` },
  lowestHz: { value: 0, said: (hz: string) => `mel bands from ${hz} Hz` },
  highestHz: {
    value: DETECTOR_SAMPLE_RATE_HZ / 2,
    said: (hz: string) => `mel bands up to ${hz} Hz`,
  },
} as const;

type Quantity = keyof typeof FAMILY;
const QUANTITIES = Object.keys(FAMILY) as Quantity[];
/** Places where a model says something of its geometry, in the order in which it is told. */
const PLACES = ["metadata", "inputs", "graph"] as const;

/** Claim of a model about the audio that it is for. */
interface Claim {
  quantity: Quantity;
  place: typeof PLACES[number];
  value: number;
  /** Whether it is the family's, as far as the type that it is kept in can tell. */
  fits: boolean;
}

/** Claims of a model's graph about the audio that it is for, and about its classes. */
export interface ModelClaims {
  claims: Claim[];
  /** Names of the classes, as each of its metadata functions gives them. */
  classNames: string[][];
  /** Metadata that is there and can't be read. */
  unread: string[];
}

/** Results of the published model's `metadata()`. */
const METADATA: ReadonlyMap<string, Quantity | "classNames"> = new Map([
  ["input_sample_rate", "rateHz"],
  ["context_width_samples", "windowSamples"],
  ["class_names", "classNames"],
]);
/** Numbers of the types that audio comes in: float, double, half, bfloat16. */
const FLOATS: readonly number[] = [1, 2, 19, 14];
/** A model's graph is a megabyte or so. */
const MAX_GRAPH_BYTES = 64 * 2 ** 20;

/**
 * Reads what a model's graph says of its geometry: its metadata (results of a signature or a method
 * with the published names), the lengths of its signatures' inputs, and the constants of its
 * spectrogram.
 *
 * @param folder A SavedModel's folder.
 * @param featureCount Values of the network's features: an input of that length is no audio.
 * @returns What it says, nothing checked.
 * @throws {MegapteraError} `data` where there is no graph, or none that can be read.
 */
export async function readClaims(folder: string, featureCount: number): Promise<ModelClaims> {
  const path = join(folder, "saved_model.pb");
  const source = await openFileSource(path);
  let bytes: Uint8Array;
  try {
    if (source.sizeBytes > MAX_GRAPH_BYTES) {
      throw unreadableModel(path, `it is too large for a graph: ${source.sizeBytes} bytes`);
    }
    bytes = await source.read(0, source.sizeBytes);
  } finally {
    source.close();
  }
  const found: ModelClaims = { claims: [], classNames: [], unread: [] };
  for (const graph of readGraphs(bytes, path)) {
    addMetadata(graph, found);
    addInputs(graph, featureCount, found);
    for (const body of [graph.main, ...graph.functions.values()]) {
      addSpectrogram(graph, body, found);
    }
  }
  return found;
}

/**
 * Holds what a model says of its geometry to the family's.
 *
 * @param found What it says.
 * @param path The model, for the fault's sentence.
 * @returns What was held to what, in words.
 * @throws {MegapteraError} `data` where anything differs, or where nothing is said.
 */
export function holdToFamily({ claims, unread }: ModelClaims, path: string): string {
  const way = "put its front end and its network into a .onnx file (docs/detector.md)";
  if (claims.some(({ fits }) => !fits)) {
    const family = `${said("rateHz")}, ${said("windowSamples")}, ${said("frameSamples")} every ` +
      `${FAMILY.hopSamples.value}, ${said("lowestHz")} to ${
        FAMILY.highestHz.value.toLocaleString("en")
      } Hz`;
    throw unreadableModel(
      path,
      `its network is for other audio than the humpback family's (${family}): ` +
        `${inWords(claims)}: ${way}`,
    );
  }
  // Frames and FFTs of 1,024 samples are those of a network for 2,000 Hz as well.
  if (!claims.some(({ quantity }) => !/^(frame|fft|lowest)/.test(quantity))) {
    throw unreadableModel(
      path,
      "its graph does not say for what audio its network is: no metadata, no signature that takes " +
        `a window of audio, no spectrogram was found in it: ${way}`,
    );
  }
  const untold = saysRate(claims) ? [] : ["nothing in it says the sample rate"];
  const mute = unread.map((key) => `its metadata's ${key} can't be read`);
  return [inWords(claims), ...untold, ...new Set(mute)].join("; ");
}

/** Says whether a model tells the rate of its audio, and not only lengths in samples. */
export function saysRate(claims: ModelClaims["claims"]): boolean {
  return claims.some(({ quantity }) => quantity === "rateHz");
}

/** Puts claims in words, place by place: `its metadata says 10,000 Hz; its graph says …`. */
function inWords(claims: readonly Claim[]): string {
  return PLACES.flatMap((place) => {
    const here = QUANTITIES.flatMap((quantity) => {
      const values = claims.filter((claim) => claim.place === place && claim.quantity === quantity);
      const words = values.map(({ value, fits }) => said(quantity, fits ? undefined : value));
      return [...new Set(words)].slice(0, 3);
    });
    const verb = place === "inputs" ? "say" : "says";
    return here.length > 0 ? [`its ${place} ${verb} ${here.join(", ")}`] : [];
  }).join("; ");
}

function said(quantity: Quantity, value: number = FAMILY[quantity].value): string {
  return FAMILY[quantity].said(value.toLocaleString("en"));
}

function addClaims(
  found: ModelClaims,
  place: Claim["place"],
  quantity: Quantity,
  { numbers, asKept }: Pick<Constant, "numbers" | "asKept">,
): void {
  const expected = asKept(FAMILY[quantity].value);
  for (const value of new Set(numbers)) {
    found.claims.push({ quantity, place, value, fits: value === expected });
  }
}

/** Takes what signatures and methods give out under the published names. */
function addMetadata(graph: Graph, found: ModelClaims): void {
  const add = (key: string, body: GraphFunction, tensor: string | undefined): void => {
    const quantity = METADATA.get(key);
    if (!quantity) return;
    const constant = tensor === undefined ? undefined : constantOf(graph, body, tensor);
    const isRead = quantity === "classNames"
      ? constant && constant.strings.length > 0
      : constant && constant.numbers.length > 0 && constant.numbers.every(Number.isFinite);
    if (!constant || !isRead) found.unread.push(key);
    else if (quantity === "classNames") found.classNames.push(constant.strings);
    else addClaims(found, "metadata", quantity, constant);
  };
  for (const { outputs } of graph.signatures.values()) {
    for (const [key, { tensor }] of outputs) add(key, graph.main, tensor);
  }
  for (const [name, keys] of graph.results) {
    const body = graph.functions.get(name);
    if (body) keys.forEach((key, i) => add(key, body, body.returns.get(body.outputs[i])));
  }
}

/** Takes the lengths of signatures' inputs that can be nothing but audio. */
function addInputs(graph: Graph, featureCount: number, found: ModelClaims): void {
  for (const { inputs } of graph.signatures.values()) {
    for (const { dtype, shape } of inputs.values()) {
      const samples = FLOATS.includes(dtype) ? samplesIn(shape ?? []) : undefined;
      if (samples === undefined || samples < 2 || samples === featureCount) continue;
      addClaims(found, "inputs", "windowSamples", { numbers: [samples], asKept: (n) => n });
    }
  }
}

/**
 * Reads the samples of `[samples]`, `[n, samples]`, `[samples, 1]`, `[n, samples, 1]` or `[n, 1,
 * samples]`.
 */
function samplesIn(shape: readonly number[]): number | undefined {
  if (shape.length > 3) return undefined;
  const [channels] = shape.slice(-1);
  if (shape.length < 3) return shape.length === 2 && channels === 1 ? shape[0] : channels;
  return channels === 1 ? shape[1] : shape[1] === 1 ? channels : undefined;
}

/**
 * Takes the constants of a spectrogram: the length of each FFT and of the frames that lead to it,
 * and the edges of mel bands, by the names that TensorFlow's own functions give them.
 */
function addSpectrogram(graph: Graph, body: GraphFunction, found: ModelClaims): void {
  const add = (quantity: Quantity, tensor: string): void => {
    const constant = constantOf(graph, body, tensor);
    if (constant?.numbers.every(Number.isFinite)) addClaims(found, "graph", quantity, constant);
  };
  const transforms: Node[] = [];
  for (const node of body.nodes.values()) {
    const { name } = node;
    if (node.op === "RFFT" || node.op === "FFT") transforms.push(node);
    else if (/(^|\/)lower_edge_hertz$/.test(name)) add("lowestHz", name);
    else if (/(^|\/)upper_edge_hertz$/.test(name)) {
      add("highestHz", name);
      const rate = name.replace(/upper_edge_hertz$/, "sample_rate");
      add("rateHz", body.nodes.has(rate) ? rate : `${rate}/x`);
    }
  }
  for (const { inputs } of transforms) if (inputs[1]) add("fftSamples", inputs[1]);
  for (const { name } of upstream(body, transforms)) {
    if (/(^|\/)frame_length$/.test(name)) add("frameSamples", name);
    else if (/(^|\/)frame_step$/.test(name)) add("hopSamples", name);
  }
}

/** Gathers all nodes that lead to some, within their function. */
function upstream({ nodes }: GraphFunction, from: readonly Node[]): Set<Node> {
  const found = new Set<Node>();
  const open = [...from];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const input of next.inputs) {
      const source = nodes.get(input.split(":")[0]);
      if (source && !found.has(source)) {
        found.add(source);
        open.push(source);
      }
    }
  }
  return found;
}
