import { CALL_DEFAULTS } from "../pipeline/calls/mod.ts";

/** What is said wherever nobody chose a threshold. */
export const CONVENTION = `The threshold ${CALL_DEFAULTS.threshold} is a convention, no more: no ` +
  "threshold is right for every site; `calls --sensitivity` shows how the answer changes with it.";
