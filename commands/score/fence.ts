import { type FaultKind, MegapteraError } from "../../core/mod.ts";
import type { Environment } from "../environment.ts";
import { BrokenOutput } from "../print.ts";
import type { ScoreWork } from "../score.ts";

/** What the Worker is told to do. */
export interface FencedWork {
  work: ScoreWork;
  modelsFolder: string;
}

/** How it ended. */
export type FencedEnd =
  | { exitCode: number }
  | { kind: FaultKind | undefined; isBroken: boolean; message: string; stack: string };

/**
 * Scores in a Worker that may reach some hosts and no others, whatever a server or a file leads it to:
 * a right to all of the network can be given back only as a whole.
 *
 * @param hosts The hosts.
 * @param work What to score.
 * @param environment As `score` takes it.
 * @returns The exit code; nothing where this process itself may not reach those hosts.
 * @throws {MegapteraError} As `score`.
 */
export async function scoreInFence(
  hosts: readonly string[],
  work: ScoreWork,
  { signal, modelsFolder }: Environment,
): Promise<number | undefined> {
  const isAllowed = hosts.every((host) =>
    Deno.permissions.querySync({ name: "net", host }).state === "granted"
  );
  if (!isAllowed) return undefined;
  const same = "inherit" as const;
  const permissions = {
    ...{ read: same, write: same, env: same, sys: same, ffi: same, import: same },
    net: [...hosts],
    run: false,
  };
  const worker = new Worker(new URL("./fenced.ts", import.meta.url), {
    type: "module",
    deno: { permissions },
  });
  const stop = (): void => worker.postMessage("stop");
  try {
    const end = await new Promise<FencedEnd>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        const { message } = event;
        resolve({ kind: undefined, isBroken: false, message, stack: message });
      };
      const told: FencedWork = { work, modelsFolder };
      worker.postMessage(told);
      signal.addEventListener("abort", stop);
      if (signal.aborted) stop();
    });
    if ("exitCode" in end) return end.exitCode;
    throw faultOf(end);
  } finally {
    signal.removeEventListener("abort", stop);
    worker.terminate();
  }
}

function faultOf(
  { kind, isBroken, message, stack }: Exclude<FencedEnd, { exitCode: number }>,
): Error {
  const error = isBroken
    ? new BrokenOutput(message)
    : kind === undefined
    ? new Error(message)
    : new MegapteraError(kind, message);
  return Object.assign(error, { stack });
}
