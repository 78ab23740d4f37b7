import { MegapteraError } from "../../core/mod.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { connectionFault, RemoteFault } from "./remote_fault.ts";
import { Watchdog } from "./watchdog.ts";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 20_000;

/** Part of the access that patience needs. */
type PatienceAccess = Pick<RemoteAccess, "patienceMs" | "seams" | "recovered" | "hasAnswered">;

/**
 * Decides whether something is tried again, and waits: exponential backoff with full jitter (Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015) until a time without getting on is
 * used up.
 */
export class Patience {
  readonly #access: PatienceAccess;
  readonly #signal: AbortSignal | undefined;
  #sinceMs: number;
  #heard: string[] = [];
  #limitedTries = 0;

  /**
   * @param access Its limits, seams and count of recoveries.
   * @param signal Ends the waiting.
   */
  constructor(access: PatienceAccess, signal: AbortSignal | undefined) {
    this.#access = access;
    this.#signal = signal;
    this.#sinceMs = access.seams.now();
  }

  /** Failures since it last got on. */
  get failures(): number {
    return this.#heard.length;
  }

  /** Tells it that bytes came: the time begins anew. */
  gotOn(): void {
    for (const what of this.#heard) this.#access.recovered(what);
    this.#access.hasAnswered = true;
    this.#heard = [];
    this.#limitedTries = 0;
    this.#sinceMs = this.#access.seams.now();
  }

  /**
   * Waits before the next try.
   *
   * @param fault What went wrong.
   * @throws {RemoteFault} The fault, where it is not worth another try. Where the signal aborts, its
   * reason.
   */
  async failed(fault: RemoteFault): Promise<void> {
    const { patienceMs, seams, hasAnswered } = this.#access;
    const isLimited = fault.mostTries < Infinity && !(fault.onlyAtFirst && hasAnswered);
    if (isLimited && ++this.#limitedTries >= fault.mostTries) throw fault;
    this.#heard.push(fault.message);
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.failures - 1));
    const waitMs = (fault.retryAfterMs ?? 0) + seams.random() * longest;
    if (seams.now() - this.#sinceMs + waitMs > patienceMs) {
      const tries = `tried ${this.failures} times in ${Math.round(patienceMs / 1000)} s`;
      const message = `${fault.message} (${tries})`;
      throw new RemoteFault(fault.reason, message, { cause: fault.cause ?? fault });
    }
    await seams.sleep(waitMs, this.#signal);
  }
}

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

/** Makes the fault of a server that sends nothing. */
export function silentFault(stallMs: number, cause: unknown): RemoteFault {
  return new RemoteFault("passing", `no bytes came for ${stallMs / 1000} s`, { cause });
}
