/// <reference lib="webworker" />
// onnxruntime-node blocks the thread that it runs on: this one, so that reading ahead, time limits
// and signals go on meanwhile.
import type * as Onnx from "onnxruntime-node";
import type {
  OnnxBinding,
  OnnxLoad,
  OnnxRequest,
  OnnxTensorInfo,
  WorkerReply,
} from "./worker_client.ts";

interface Network {
  ort: typeof Onnx;
  session: Onnx.InferenceSession;
  binding: OnnxBinding;
}

let network: Network | undefined;

async function load({ model, threads, binding }: OnnxLoad): Promise<WorkerReply> {
  // ONNX Runtime sends reports on its use to its publisher, and leaves files behind for that,
  // unless it is told not to before it is loaded.
  Deno.env.set("ORT_DISABLE_TELEMETRY", "1");
  const ort = await import("onnxruntime-node");
  const options: Onnx.InferenceSession.SessionOptions = {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // Errors are thrown, and need not be on stderr too.
    logSeverityLevel: 4,
  };
  try {
    const session = typeof model === "string"
      ? await ort.InferenceSession.create(model, options)
      : await ort.InferenceSession.create(model, options);
    network = { ort, session, binding };
    trimMemory();
    const version = ort.env.versions.node ?? ort.env.versions.common;
    return {
      kind: "loaded",
      description: `onnxruntime-node ${version}`,
      inputs: session.inputMetadata.map(describe),
      outputs: session.outputMetadata.map(describe),
    };
  } catch (error) {
    return failed(error, binding);
  }
}

function describe(tensor: Onnx.InferenceSession.ValueMetadata): OnnxTensorInfo {
  const { name } = tensor;
  return tensor.isTensor
    ? { name, type: tensor.type, shape: tensor.shape }
    : { name, type: "no tensor", shape: [] };
}

async function run(windows: Float32Array): Promise<WorkerReply> {
  if (!network) throw new TypeError("Cannot run the network as none was loaded");
  const { ort: { Tensor }, session, binding } = network;
  const { input = session.inputNames[0], windowShape, outputs } = binding;
  try {
    const count = windows.length / windowShape.reduce((product, length) => product * length, 1);
    const tensor = new Tensor("float32", windows, [count, ...windowShape]);
    const { scores = session.outputNames[0], logits, features } = outputs;
    const wanted = [scores, logits, features].filter((name) => name !== undefined);
    const values = await session.run({ [input]: tensor }, wanted);
    const copy = (name: string): Float32Array =>
      Float32Array.from(values[name].data as Float32Array);
    return {
      kind: "result",
      result: {
        scores: copy(scores),
        ...(logits === undefined ? {} : { logits: copy(logits) }),
        ...(features === undefined ? {} : { features: copy(features) }),
      },
    };
  } catch (error) {
    return failed(error, binding);
  }
}

function failed(error: unknown, binding?: OnnxBinding): WorkerReply {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: "failed", message, ...(binding ? { fault: binding.fault } : {}) };
}

async function answer(request: OnnxRequest): Promise<WorkerReply> {
  try {
    return request.kind === "load" ? await load(request) : await run(request.windows);
  } catch (error) {
    return failed(error);
  }
}

// One request after the other: a batch's answer must not overtake the one before.
let last: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<OnnxRequest>) => {
  last = last.then(async () => self.postMessage(await answer(data)));
};

/**
 * Gives memory that was freed back to the system. ONNX Runtime copies a network's weights while it
 * loads them, and glibc keeps what the copies took: 100 MB a worker of the published detector
 * (docs/speed.md). Systems other than Linux, and C libraries other than glibc, have no such call, and
 * nothing happens there.
 */
export function trimMemory(): void {
  if (Deno.build.os !== "linux") return;
  try {
    const libc = Deno.dlopen("libc.so.6", {
      malloc_trim: { parameters: ["usize"], result: "i32" },
    });
    libc.symbols.malloc_trim(0n);
    libc.close();
  } catch {
    // It is a saving, not a need.
  }
}
