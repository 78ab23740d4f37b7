import type { RetryStrategy } from "@aws-sdk/client-batch";

/**
 * What is tried again: a host that Spot took away, a container that did not start (its image could
 * not be pulled just then, its host was too busy), and a worker that says so. Nothing else.
 */
export const RETRY_STRATEGY: RetryStrategy = {
  attempts: 5,
  evaluateOnExit: [
    { onStatusReason: "Host EC2*", action: "RETRY" },
    { onStatusReason: "Task failed to start*", action: "RETRY" },
    { onExitCode: "75", action: "RETRY" },
    { onReason: "*", action: "EXIT" },
  ],
};
