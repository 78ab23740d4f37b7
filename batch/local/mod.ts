/**
 * Runs jobs on this machine.
 *
 * @module
 */
export { supervise } from "./supervise.ts";
export { LocalRunner } from "./local_runner.ts";
