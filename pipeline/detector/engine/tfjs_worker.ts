/// <reference lib="webworker" />
// TensorFlow.js blocks the thread that it runs on: this one.
import type { FoldedNetwork } from "./tfjs_folded_network.ts";
import type { TfjsNetwork } from "./tfjs_network.ts";
import type { TfjsRequest, WorkerReply } from "./worker_client.ts";

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

async function run(windows: Float32Array): Promise<WorkerReply> {
  if (!network) throw new TypeError("Cannot run the network as none was loaded");
  return { kind: "result", result: await network.run(windows) };
}

async function answer(request: TfjsRequest): Promise<WorkerReply> {
  try {
    return request.kind === "load" ? await load(request.network) : await run(request.windows);
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

// One request after the other: a batch's answer must not overtake the one before.
let last: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<TfjsRequest>) => {
  last = last.then(async () => self.postMessage(await answer(data)));
};
