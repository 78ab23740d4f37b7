import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../core/errors.ts";
import { isTemporary } from "../../pipeline/places/write_whole.ts";
import { hourPath } from "../../pipeline/scores/mod.ts";
import type { Operations } from "./failing_operations.ts";
import { InterleavedOperations, Interleaving } from "./interleaved.ts";
import { SeededRandom } from "./seeded_random.ts";
import { filesBelow, withFolder } from "./temporary_folder.ts";
import { HOURS, scoreTiny } from "./tiny_hours.ts";
import {
  assertTreeOfOne,
  gainsOf,
  gainsThere,
  type Meeting,
  OLD_GAIN,
  whoGoesOn,
} from "./tree_of_one.ts";

/**
 * Lets writers meet in one order of their operations, and holds them to what is promised.
 *
 * @param meeting Who meets.
 * @param kill Whether one of them ends at a random operation.
 * @param seed Decides the order.
 * @param lacks Operations that the disk does not know, such as `link`.
 */
export function meet(
  meeting: Meeting,
  kill: boolean,
  seed: number,
  lacks: readonly string[] = [],
): Promise<void> {
  const { writers, other, force } = meeting;
  return withFolder(async (folder) => {
    const random = new SeededRandom(seed);
    const out = join(folder, "out");
    const plain = (): Operations => new InterleavedOperations(() => Promise.resolve(), 0, lacks);
    if (force) assert.equal(await scoreTiny(out, OLD_GAIN, plain(), false), undefined);
    const turns = new Interleaving(writers, random, random.pick([1, 2, 4, 16]));
    const killed = kill ? random.below(writers) : -1;
    const stopsAt = 1 + random.below(110);
    const [seen, gone] = [new Set<string>(), new Set<string>()];
    const ends = await Promise.all(
      gainsOf(meeting).map(async (gain, writer) => {
        const turn = async (): Promise<void> => {
          await turns.turn(writer);
          const there = (await filesBelow(out).catch(() => [])).filter((name) =>
            !isTemporary(name)
          );
          for (const name of seen) if (!there.includes(name)) gone.add(name);
          for (const name of there) seen.add(name);
        };
        const operations = new InterleavedOperations(turn, writer === killed ? stopsAt : 0, lacks);
        const error = await scoreTiny(out, gain, operations, force);
        turns.ended(writer);
        if (operations.isStopped) return { gain, how: "killed" as const };
        if (error === undefined) return { gain, how: "finished" as const };
        const isRefused = other && error instanceof MegapteraError &&
          error.kind === "configuration";
        if (!isRefused) throw error;
        return { gain, how: "refused" as const };
      }),
    );
    assert.deepEqual([...gone], [], "files that stood were removed");
    assertTreeOfOne(meeting, ends, await gainsThere(out, HOURS));
    const gain = await whoGoesOn(out, HOURS);
    assert.equal(await scoreTiny(out, gain, plain(), force), undefined);
    assert.deepEqual(await gainsThere(out, HOURS), HOURS.map(() => gain));
    const expected = HOURS.flatMap((hourMs) =>
      ["csv", "json"].map((is) => `${hourPath(hourMs)}.${is}`)
    );
    // Without locks nobody knows whose a temporary file is before it is old.
    const isLitter = (name: string): boolean => lacks.includes("tryLock") && isTemporary(name);
    const names = (await filesBelow(out)).filter((name) => !isLitter(name));
    assert.deepEqual(names, expected.sort());
  });
}
