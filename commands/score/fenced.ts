// The Worker that scores behind a fence: see fence.ts.
import { faultOf, stacksOf } from "../faults.ts";
import type { FencedEnd, FencedWork } from "./fence.ts";
import { BrokenOutput } from "../print.ts";
import { scoreHere } from "../score.ts";

const stopping = new AbortController();

self.onmessage = async ({ data }: MessageEvent<FencedWork | "stop">): Promise<void> => {
  if (data === "stop") return stopping.abort();
  const { work, modelsFolder, called } = data;
  let end: FencedEnd;
  try {
    end = { exitCode: await scoreHere(work, { modelsFolder, called, signal: stopping.signal }) };
  } catch (error) {
    const fault = faultOf(error);
    end = {
      kind: fault?.kind,
      isBroken: error instanceof BrokenOutput,
      message: (fault ?? error as Error).message,
      stack: stacksOf(error),
    };
  }
  self.postMessage(end);
};
