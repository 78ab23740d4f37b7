import type { RetryStrategy } from "@aws-sdk/client-batch";

/**
 * Says what is tried again: whatever none of these rules matches, by Batch's own rule. So a host that
 * Spot took away is, whether Batch says so, has lost its agent, or has only seen the worker end with
 * 143 on the host's SIGTERM; so is a container that did not start; and so is a worker that says 75. What
 * it says by 64, 65, 77, 78 or 1 would be the same again, and so would too little memory. Batch itself
 * never tries jobs again that were cancelled or whose time was over. Five rules are the most.
 */
export const RETRY_STRATEGY: RetryStrategy = {
  attempts: 5,
  evaluateOnExit: [
    { onExitCode: "75", action: "RETRY" },
    { onExitCode: "6*", action: "EXIT" },
    { onExitCode: "7*", action: "EXIT" },
    { onExitCode: "1", action: "EXIT" },
    { onReason: "OutOfMemoryError*", action: "EXIT" },
  ],
};
