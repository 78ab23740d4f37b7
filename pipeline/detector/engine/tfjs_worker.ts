/// <reference lib="webworker" />
// TensorFlow.js blocks the thread that it runs on: this one.
import type { FoldedNetwork } from "./tfjs_folded_network.ts";
import type { TfjsRequest } from "./tfjs_messages.ts";
import type { TfjsNetwork } from "./tfjs_network.ts";
import type { WorkerReply } from "./worker_client.ts";

// Not awaited here: a message that came before the handler below is set would be lost.
const loading = Promise.all([
  import("./tfjs_backend.ts"),
  import("./tfjs_network.ts"),
  import("./tfjs_read_onnx.ts"),
]);

let network: TfjsNetwork | undefined;

async function load(from: FoldedNetwork | string): Promise<WorkerReply> {
  const [{ startBackend, TFJS_BACKENDS }, { TfjsNetwork }, { readOnnxNetwork }] = await loading;
  const description = await startBackend(TFJS_BACKENDS);
  network = new TfjsNetwork(
    typeof from === "string" ? readOnnxNetwork(await Deno.readFile(from)) : from,
  );
  return { kind: "loaded", description };
}

function run(windows: Float32Array): WorkerReply {
  if (!network) throw new TypeError("Cannot run the network as none was loaded");
  return { kind: "result", result: network.run(windows) };
}

async function answer(request: TfjsRequest): Promise<WorkerReply> {
  try {
    return request.kind === "load" ? await load(request.network) : run(request.windows);
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

// Answers keep the requests' order: after the network is loaded, each takes one turn of the thread.
self.onmessage = async ({ data }: MessageEvent<TfjsRequest>) => {
  self.postMessage(await answer(data));
};
