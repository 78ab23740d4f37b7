import { withoutSecrets } from "./secrets.ts";

/**
 * Kind of fault that ended the work; `EXIT_CODES` has the exit code of each.
 */
export type FaultKind = "usage" | "data" | "retry" | "denied" | "configuration";

/**
 * Reports a fault that a user can act on. Its message is one sentence that says what was attempted,
 * on which file and hour, the rule, the value found, and what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MegapteraError } from "./errors.ts";
 * const error = new MegapteraError("data", "Cannot read a.wav as it is empty: size is 0 bytes.");
 * assert(error.kind === "data");
 * ```
 */
export class MegapteraError extends Error {
  /** The kind of fault. */
  readonly kind: FaultKind;

  /**
   * @param kind The kind of fault.
   * @param message One sentence for the user; what addresses in it keep secret is left out.
   * @param options `cause`: the error underneath, shown only with `--verbose`.
   */
  constructor(kind: FaultKind, message: string, options?: ErrorOptions) {
    super(onOneLine(withoutSecrets(message)), options);
    this.name = "MegapteraError";
    this.kind = kind;
  }
}

/** Names of files may hold line feeds, escapes and marks that turn text around. */
function onOneLine(message: string): string {
  // deno-lint-ignore no-control-regex
  return message.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
}
