import { MegapteraError } from "../../../core/mod.ts";
import type { Call } from "../../../pipeline/calls/mod.ts";
import { callOfFields } from "./call_of_fields.ts";

/**
 * Reads calls as JSON back.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The calls.
 * @throws {MegapteraError} `data`, naming the file and the call.
 */
export function parseJsonCalls(text: string, name: string): Call[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MegapteraError("data", `Cannot read ${name} as it is not JSON.`, { cause });
  }
  const calls = (value as { calls?: unknown } | null)?.calls;
  if (Array.isArray(calls)) {
    return calls.map((fields, i) => callOfFields(fields, `${name}, number ${i + 1}`));
  }
  throw new MegapteraError("data", `Cannot read ${name} as it has no list named "calls".`);
}
