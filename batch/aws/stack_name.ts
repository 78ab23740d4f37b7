/** Name of the stack, and of its queue and job definition. */
export const STACK = "megaptera";
