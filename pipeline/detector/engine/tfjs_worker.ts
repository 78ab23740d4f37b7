/// <reference lib="webworker" />
// TensorFlow.js blocks the thread that it runs on: this one.
import type { FoldedNetwork } from "./tfjs_folded_network.ts";
import type { TfjsReply, TfjsRequest } from "./tfjs_messages.ts";
import type { TfjsNetwork } from "./tfjs_network.ts";

// Not awaited here: a message that came before the handler below is set would be lost.
const loading = Promise.all([import("./tfjs_backend.ts"), import("./tfjs_network.ts")]);

let network: TfjsNetwork | undefined;

async function load(folded: FoldedNetwork): Promise<TfjsReply> {
  const [{ startBackend, TFJS_BACKENDS }, { TfjsNetwork }] = await loading;
  const description = await startBackend(TFJS_BACKENDS);
  network = new TfjsNetwork(folded);
  return { kind: "loaded", description };
}

function run(windows: Float32Array): TfjsReply {
  if (!network) throw new TypeError("Cannot run the network as none was loaded");
  return { kind: "result", result: network.run(windows) };
}

async function answer(request: TfjsRequest): Promise<TfjsReply> {
  try {
    return request.kind === "load" ? await load(request.network) : run(request.windows);
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

// One request after the other: a batch's answer must not overtake the one before.
let last: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<TfjsRequest>) => {
  last = last.then(async () => self.postMessage(await answer(data)));
};
