import { type FaultKind, MegapteraError } from "../pipeline/errors.ts";

/** Exit codes as sysexits.h has them (docs/commands.md). */
const EXIT_CODES: Record<FaultKind, number> = {
  usage: 64,
  data: 65,
  retry: 75,
  denied: 77,
  configuration: 78,
};

/** The exit code of a fault; 1 for what should not happen. */
export function exitCodeOf(error: unknown): number {
  return error instanceof MegapteraError ? EXIT_CODES[error.kind] : 1;
}

/**
 * What is said of a fault: its sentence, and where it came from with `--verbose`.
 *
 * @param error What was thrown.
 * @param verbose Whether to add the stack, and those of its causes.
 */
export function sentenceOf(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return `error: ${error}`;
  const known = error instanceof MegapteraError;
  const sentence = known
    ? `error: ${error.message}`
    : `error: ${error.message} (this is a fault of megaptera's own: please report it with the ` +
      "output of --verbose)";
  if (!verbose) return sentence;
  const causes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    causes.push(at.stack ?? at.message);
  }
  return [sentence, ...causes].join("\n");
}
