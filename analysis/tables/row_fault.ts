import { MegapteraError } from "../../core/mod.ts";

/**
 * The fault of a file of calls, annotations or coverage.
 *
 * @param name How to name the file.
 * @param line Its line, from 1.
 * @param rule Which rule is broken, and what was found.
 */
export function rowFault(name: string, line: number, rule: string): MegapteraError {
  return new MegapteraError("data", `Cannot read ${name} line ${line} as ${rule}.`);
}
