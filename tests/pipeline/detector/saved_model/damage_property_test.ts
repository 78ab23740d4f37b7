import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { MegapteraError } from "../../../../core/errors.ts";
import { readDamaged } from "./read_damaged.ts";
import type { CheckpointOptions } from "./write_checkpoint.ts";

const INDEX = join("variables", "variables.index");

/** Reads what was damaged at random: a fault or the very weights are all that may come of it. */
async function assertFaultOrSame(work: Promise<unknown>, expected: unknown): Promise<void> {
  try {
    assert.deepEqual(await work, expected);
  } catch (error) {
    assert(error instanceof MegapteraError, String(error));
    assert.match(error.message, /^Cannot [^\n]*\.$/);
  }
}

const damage = fc.record({
  edits: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
  cutAt: fc.option(fc.nat(), { freq: 4 }),
});

function applyDamage(
  { edits, cutAt }: { edits: [number, number][]; cutAt: number | null },
  bytes: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const edited = Uint8Array.from(bytes);
  for (const [at, byte] of edits) edited[at % edited.length] = byte;
  return cutAt === null ? edited : edited.subarray(0, cutAt % edited.length);
}

Deno.test("any damage to an index ends in a fault or in the right weights", async () => {
  const expected = await readDamaged(INDEX, (bytes) => bytes);
  await fc.assert(
    fc.asyncProperty(
      damage,
      (change) =>
        assertFaultOrSame(readDamaged(INDEX, (bytes) => applyDamage(change, bytes)), expected),
    ),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("damage that the checksums do not show ends in a fault or in the right weights", async () => {
  // Keys and names may change as long as each variable still plays its role.
  const sha256Of = async (options?: CheckpointOptions): Promise<string> =>
    (await readDamaged(INDEX, (bytes) => bytes, options)).weightsSha256;
  const expected = await sha256Of();
  await fc.assert(
    fc.asyncProperty(damage, fc.boolean(), (change, inGraph) => {
      const edit = (bytes: Uint8Array): Uint8Array => applyDamage(change, bytes);
      return assertFaultOrSame(
        sha256Of(inGraph ? { editGraph: edit } : { editBlock: edit }),
        expected,
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});
