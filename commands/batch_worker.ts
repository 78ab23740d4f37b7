// Scores a job's share of a plan, by its options and the environment.
import { parseArgs } from "node:util";
import { readJob, runShare } from "../batch/mod.ts";
import { EXIT_CODES } from "../core/mod.ts";
import { googleFolder } from "../pipeline/detector/mod.ts";
import { cacheFolder } from "./environment.ts";
import { exitCodeOf, sentenceOf } from "./faults.ts";
import { print, tell } from "./print.ts";

/** AWS Batch and Slurm kill what has not ended 30 s after it was asked to. */
const LONGEST_END_MS = 25_000;

const interruption = new AbortController();
let signalExit = 0;
for (
  const [name, exitCode] of [["SIGTERM", EXIT_CODES.terminated], [
    "SIGINT",
    EXIT_CODES.interrupted,
  ]] as const
) {
  if (name === "SIGTERM" && Deno.build.os === "windows") continue; // it has no such signal
  Deno.addSignalListener(name, () => stop(exitCode));
}
// Its parent holds the other end of its input, which closes where that is killed.
if (Deno.env.get("MEGAPTERA_LIFELINE") === "stdin") {
  Deno.stdin.read(new Uint8Array(1)).then(() => stop(EXIT_CODES.terminated));
}

function stop(exitCode: number): void {
  if (signalExit !== 0) return;
  signalExit = exitCode;
  interruption.abort();
  Deno.unrefTimer(setTimeout(() => Deno.exit(exitCode), LONGEST_END_MS));
}

/** Finds the folder of the image's detector, or else of the user's cache. */
async function modelsFolder(): Promise<string> {
  const builtIn = Deno.env.get("MEGAPTERA_BUILT_IN");
  const isThere = builtIn !== undefined &&
    await Deno.stat(googleFolder(builtIn)).then(() => true, () => false);
  return isThere ? builtIn : `${cacheFolder(Deno.env.get, Deno.build.os)}/models`;
}

try {
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    args: Deno.args,
    options: { out: option, run: option, submission: option, index: option },
  });
  const exitCode = await runShare(readJob(values, Deno.env.get), {
    modelsFolder: await modelsFolder(),
    signal: interruption.signal,
    log: print,
    explain: (error) =>
      signalExit === 0
        ? { exitCode: exitCodeOf(error), message: sentenceOf(error, false).replace(/^error: /, "") }
        : { exitCode: signalExit, message: "stopped: the hours in hand are dropped" },
  });
  Deno.exit(exitCode);
} catch (error) {
  const isUsage = error instanceof TypeError && "code" in error;
  tell(isUsage ? `error: ${error.message}` : sentenceOf(error, false));
  Deno.exit(isUsage ? EXIT_CODES.usage : exitCodeOf(error));
}
