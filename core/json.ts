import type { z } from "zod";
import { type FaultKind, MegapteraError } from "./errors.ts";

/**
 * Reads a JSON file by its schema.
 *
 * @param text The file's text.
 * @param what Names the file in errors, such as `the manifest a.json`.
 * @param schema What it must be.
 * @param kind The kind of fault where it is not.
 * @returns What it holds.
 * @throws {MegapteraError} Of that kind, naming the file and the first field that is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { z } from "zod";
 * const schema = z.object({ depthM: z.number() });
 * assert.equal(parseJson('{"depthM":8}', "the site pier.json", schema).depthM, 8);
 * ```
 */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  what: string,
  schema: Schema,
  kind: FaultKind = "data",
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MegapteraError(kind, `Cannot read ${what} as it is not JSON.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const field = path.length === 0 ? "it" : `its field "${path.join(".")}"`;
  throw new MegapteraError(kind, `Cannot read ${what} as ${field} is wrong: ${message}.`);
}
