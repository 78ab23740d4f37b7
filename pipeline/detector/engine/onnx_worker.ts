/// <reference lib="webworker" />
// onnxruntime-node blocks the thread that it runs on: this one, so that reading ahead, time limits
// and signals go on meanwhile.
import type * as Onnx from "onnxruntime-node";
import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/geometry.ts";
import { NETWORK } from "../network/build_network.ts";
import type { OnnxRequest } from "./onnx_messages.ts";
import type { WorkerReply } from "./worker_client.ts";

interface Loaded {
  ort: typeof Onnx;
  session: Onnx.InferenceSession;
}

let loaded: Loaded | undefined;

async function load(model: string | Uint8Array, threads: number): Promise<WorkerReply> {
  // ONNX Runtime sends reports on its use to its publisher, and leaves files behind for that,
  // unless it is told not to before it is loaded.
  Deno.env.set("ORT_DISABLE_TELEMETRY", "1");
  const ort = await import("onnxruntime-node");
  const options: Onnx.InferenceSession.SessionOptions = {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  };
  const session = typeof model === "string"
    ? await ort.InferenceSession.create(model, options)
    : await ort.InferenceSession.create(model, options);
  loaded = { ort, session };
  const version = ort.env.versions.node ?? ort.env.versions.common;
  return { kind: "loaded", description: `onnxruntime-node ${version}` };
}

async function run(windows: Float32Array): Promise<WorkerReply> {
  if (!loaded) throw new TypeError("Cannot run the network as none was loaded");
  const { ort: { Tensor }, session } = loaded;
  const count = windows.length / (WINDOW_FRAMES * MEL_BANDS);
  const shape = [count, 1, WINDOW_FRAMES, MEL_BANDS];
  const values = await session.run({
    [NETWORK.windows]: new Tensor("float32", windows, shape),
  });
  const copy = (name: string): Float32Array => Float32Array.from(values[name].data as Float32Array);
  return {
    kind: "result",
    result: {
      logits: copy(NETWORK.logits),
      scores: copy(NETWORK.scores),
      features: copy(NETWORK.features),
    },
  };
}

async function answer(request: OnnxRequest): Promise<WorkerReply> {
  try {
    return request.kind === "load"
      ? await load(request.model, request.threads)
      : await run(request.windows);
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

// One request after the other: a batch's answer must not overtake the one before.
let last: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<OnnxRequest>) => {
  last = last.then(async () => self.postMessage(await answer(data)));
};
