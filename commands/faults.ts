import { EXIT_CODES, MegapteraError } from "../core/mod.ts";
import { BrokenOutput } from "./print.ts";

/** Codes of the system where a disk is full or fails, and where it may not be written to. */
const PASSING = ["ENOSPC", "EDQUOT", "EIO", "ESTALE", "EMFILE", "ENFILE", "ENOMEM"];
const DENIED = ["EACCES", "EPERM", "EROFS"];

/** Finds the fault that a user can act on; nothing for what should not happen. */
export function faultOf(error: unknown): MegapteraError | undefined {
  if (error instanceof MegapteraError) return error;
  const { code = "", message } = Object(error) as { code?: string; message?: string };
  const kind = PASSING.includes(code) ? "retry" : DENIED.includes(code) ? "denied" : undefined;
  if (kind === undefined) return undefined;
  const sentence =
    `Cannot go on as the system reported: ${message?.replace(/\.$/, "")}. Solve this ` +
    "and run the same command again.";
  return new MegapteraError(kind, sentence, { cause: error });
}

/** Tells the exit code of a fault; 1 for what should not happen. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof BrokenOutput) return EXIT_CODES.brokenOutput;
  const fault = faultOf(error);
  return fault ? EXIT_CODES[fault.kind] : 1;
}

/**
 * Puts a fault into words: its sentence, and where it came from with `--verbose`.
 *
 * @param error The error that was thrown.
 * @param verbose Whether to add the stack, and those of its causes.
 */
export function sentenceOf(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return `error: ${error}`;
  const fault = faultOf(error);
  const sentence = fault
    ? `error: ${fault.message}`
    : `error: ${error.message} (this is a fault of megaptera's own: please report it with the ` +
      "output of --verbose)";
  return verbose ? `${sentence}\n${stacksOf(error)}` : sentence;
}

/** Lists the stacks of an error and of its causes. */
export function stacksOf(error: unknown): string {
  const stacks: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    stacks.push(at.stack ?? at.message);
  }
  return stacks.join("\n");
}
