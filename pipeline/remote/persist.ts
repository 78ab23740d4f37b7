import { MegapteraError } from "../../core/mod.ts";
import { connectionFault } from "./connection_fault.ts";
import { Patience } from "./patience.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault } from "./remote_fault.ts";
import { Watchdog } from "./watchdog.ts";

/** After so many failures in a row the connections are made anew. */
export const FAILURES_TO_RENEW = 3;

/**
 * Asks until there is an answer, for requests whose answer is small.
 *
 * @param access Limits, connections and counts.
 * @param ask Asks once. What it throws other than a `RemoteFault` counts as a fault of the connection.
 * @returns What it gave.
 * @throws {RemoteFault} Where it isn't worth another try. Where the access's signal aborts, its
 * reason.
 */
export async function persist<Answer>(
  access: RemoteAccess,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const patience = new Patience(access, access.signal);
  for (;;) {
    try {
      const answer = await askOnce(access, ask);
      patience.gotOn();
      return answer;
    } catch (error) {
      access.signal?.throwIfAborted();
      if (error instanceof MegapteraError) throw error;
      await patience.failed(connectionFault(error));
      if (patience.failures % FAILURES_TO_RENEW === 0) access.connection.renew();
    }
  }
}

async function askOnce<Answer>(
  { stallMs, signal }: RemoteAccess,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  using watchdog = new Watchdog(stallMs, [signal]);
  try {
    return await watchdog.until(ask(watchdog.signal));
  } catch (error) {
    if (!watchdog.hasStalled) throw error;
    throw silentFault(stallMs, error);
  }
}

/** The fault of a server that sends nothing. */
export function silentFault(stallMs: number, cause: unknown): RemoteFault {
  return new RemoteFault("passing", `no bytes came for ${stallMs / 1000} s`, { cause });
}
