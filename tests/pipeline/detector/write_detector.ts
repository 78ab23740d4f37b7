import { join } from "node:path";
import { OnnxGraph } from "../../../pipeline/detector/engine/build_network.ts";

/** A detector's description as its author would write it; fields may be changed or left out. */
export function describe(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    format: "megaptera-detector/1",
    name: "halves-1",
    sampleRateHz: 16_000,
    windowSeconds: 2,
    input: { kind: "waveform", layout: "[n, samples]" },
    output: { kind: "probability" },
    classNames: ["first half", "second half"],
    ...changes,
  };
}

/**
 * A network `[n, samples]` → `[n, classes]`: the mean square of each of as many equal parts of the
 * window as there are classes, so that its scores can be computed by hand.
 */
export function energyNetwork(samples: number, classes: number): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  const x = graph.input("audio", ["n", samples]);
  graph.output(energy(graph, x, samples, classes), ["n", classes]);
  return graph.encode();
}

/** Adds the mean squares of the parts of `[n, samples]`. */
export function energy(graph: OnnxGraph, x: string, samples: number, classes: number): string {
  const part = samples / classes;
  const weights = Float32Array.from(
    { length: samples * classes },
    (_, i) => Math.floor(Math.floor(i / classes) / part) === i % classes ? 1 / part : 0,
  );
  const squares = graph.node("Mul", [x, x]);
  return graph.node("MatMul", [squares, graph.tensor([samples, classes], weights)], {}, "energy");
}

/** Writes a network and its description; gives the network's path. */
export async function writeDetector(
  folder: string,
  network: Uint8Array,
  description: unknown,
): Promise<string> {
  const path = join(folder, "theirs.onnx");
  await Deno.writeFile(path, network);
  const text = typeof description === "string" ? description : JSON.stringify(description);
  await Deno.writeTextFile(join(folder, "theirs.json"), text);
  return path;
}
