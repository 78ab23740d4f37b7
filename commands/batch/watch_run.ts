import { setTimeout as wait } from "node:timers/promises";
import { MegapteraError } from "../../core/mod.ts";
import type { OutputArguments } from "../batch_arguments.ts";
import type { Environment } from "../environment.ts";
import { print, printRaw, tell } from "../print.ts";
import { loadStatus } from "./load_status.ts";
import { openRun } from "./open_run.ts";
import { sayNext } from "./say_next.ts";
import { statusLines } from "./status_lines.ts";

const EVERY_MS = 5_000;
const INTERRUPTED = 130;
const AUDIO_MISSING = 3;
const BAD_DATA = 65;
/** Clears a terminal and goes to its top. */
const CLEAR = "\u001b[2J\u001b[H";

/**
 * Shows how a run goes until all its jobs have ended. Being interrupted ends the watching, never the
 * run.
 *
 * @returns The exit code: 0, 3 where hours have no audio, 65 where hours are not there, 130.
 */
export async function watchRun(
  run: string | undefined,
  options: OutputArguments,
  { signal }: Pick<Environment, "signal">,
): Promise<number> {
  let name = run;
  try {
    using opened = await openRun(run, options, signal);
    name = opened.plan.run;
    for (;;) {
      const status = await loadStatus(opened).catch(sayPassing);
      if (status === undefined) {
        await wait(EVERY_MS, undefined, { signal });
        continue;
      }
      const lines = await statusLines(opened.plan, status, opened.out);
      const isTerminal = Deno.stdout.isTerminal();
      if (isTerminal) printRaw(CLEAR);
      if (isTerminal || status.isEnded) { for (const line of lines) print(line); }
      else print(lines.slice(1, 3).join("; "));
      if (status.isEnded) {
        if (status.hours.missing > 0) return BAD_DATA;
        return status.hours["no audio"] > 0 ? AUDIO_MISSING : 0;
      }
      await wait(EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    tell("The watching ended; the run goes on.");
    if (name !== undefined) sayNext(name, options);
    return INTERRUPTED;
  }
}

/** What passes, such as a busy queue or a network that is away, is no reason to leave. */
function sayPassing(error: unknown): undefined {
  if (!(error instanceof MegapteraError) || error.kind !== "retry") throw error;
  tell(error.message);
}
