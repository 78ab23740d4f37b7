import type { RetryStrategy } from "@aws-sdk/client-batch";

/** What is tried again: a host that Spot took away, and a worker that says so. Nothing else. */
export const RETRY_STRATEGY: RetryStrategy = {
  attempts: 5,
  evaluateOnExit: [
    { onStatusReason: "Host EC2*", action: "RETRY" },
    { onExitCode: "75", action: "RETRY" },
    { onReason: "*", action: "EXIT" },
  ],
};
