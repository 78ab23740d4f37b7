import { setTimeout as sleep } from "node:timers/promises";

/** When a process is killed. */
export interface Moment {
  /** What must have been finished before; 0: nothing. */
  readonly finished: number;
  /** How much longer it lives then. */
  readonly afterMs: number;
}

/**
 * Kills a process at a moment of its work, however fast the machine is: after a number of pieces
 * are finished, then after a time. A process that ends before is left alone.
 */
export async function killAt(
  child: Deno.ChildProcess,
  signal: Deno.Signal,
  { finished, afterMs }: Moment,
  countFinished: () => number | Promise<number>,
): Promise<void> {
  let ended = false;
  child.status.then(() => ended = true);
  while (!ended && await countFinished() < finished) await sleep(1);
  await sleep(afterMs);
  try {
    child.kill(signal);
  } catch {
    // it had ended before
  }
}
