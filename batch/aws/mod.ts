/**
 * Runs jobs on AWS Batch, and sets it up.
 *
 * @module
 */
export { accountOf, awsFault, clientSettings, STACK } from "./aws_client.ts";
export {
  checkImage,
  checkQueue,
  checkQuota,
  checkReach,
  findContainer,
  type QueueNames,
} from "./checks.ts";
export { findBucket, StackClient } from "./stack_client.ts";
export { AwsRunner } from "./aws_runner.ts";
