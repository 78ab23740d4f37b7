import assert from "node:assert/strict";
import { type FaultKind, MegapteraError } from "../../../../core/errors.ts";

/** Checks that work ends in one fault of one sentence that holds these words. */
export async function rejectsWith(
  work: Promise<unknown>,
  words: RegExp,
  kind: FaultKind = "data",
): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert(error instanceof MegapteraError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, words);
    assert.match(error.message, /^Cannot [^\n]*[^.]\.$/);
    return true;
  });
}
