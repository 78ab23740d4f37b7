import { setTimeout as sleep } from "node:timers/promises";

/** Time: a seam, so that a test decides it. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
  /** Waits; as the system does where it is left out. */
  sleep?(ms: number): Promise<void>;
}

/** The system's clock. */
export const REAL_CLOCK: Required<Clock> = {
  nowMs: () => Date.now(),
  sleep: async (ms) => void await sleep(ms),
};
