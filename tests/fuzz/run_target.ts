import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { damageBytes } from "../helpers/damage_bytes.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import type { Bytes, FuzzTarget, Outcome } from "./target.ts";

/** Where what was found once is kept, a folder a target: names begin with what is to come of it. */
const SEEDS = fileURLToPath(new URL("seeds", import.meta.url));

/** An input that broke a promise. */
export class FuzzFind extends Error {
  readonly input: Bytes;

  /**
   * @param which Names the input.
   * @param input The input.
   * @param cause What was thrown.
   */
  constructor(which: string, input: Bytes, cause: unknown) {
    super(`${which}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.input = input;
  }
}

/** How many inputs were taken and refused. */
export type Outcomes = Record<Outcome, number>;

/**
 * Gives a target damaged inputs, one after another.
 *
 * @param target What reads them.
 * @param seed Decides the damage.
 * @param isOver Asked before each input, by how many there were.
 * @returns What came of them.
 * @throws {FuzzFind} At the first that breaks a promise.
 */
export async function fuzz(
  target: FuzzTarget,
  seed: number,
  isOver: (inputs: number) => boolean,
): Promise<Outcomes> {
  const outcomes: Outcomes = { taken: 0, refused: 0 };
  const damage = target.damage ?? damageBytes;
  for (let n = 0; !isOver(n); n++) {
    const random = new SeededRandom(seed * 1_000_003 + n);
    const input = damage(random.pick(target.wholes), random);
    try {
      outcomes[await target.read(input)]++;
    } catch (cause) {
      throw new FuzzFind(`seed ${seed}, input ${n}`, input, cause);
    }
  }
  return outcomes;
}

/**
 * Gives a target what it takes, and what was found once, with what is to come of it.
 *
 * @param name The target's name.
 * @param target What reads them.
 * @returns How many inputs there were.
 * @throws {FuzzFind} At the first that breaks a promise.
 */
export async function tryKnown(name: string, target: FuzzTarget): Promise<number> {
  const known: [which: string, input: Bytes, expected: string][] = target.wholes
    .map((input, i) => [`whole ${i}`, input, "taken"]);
  for await (const { name: file } of entries(join(SEEDS, name))) {
    const expected = file.split("-")[0];
    known.push([file, await Deno.readFile(join(SEEDS, name, file)), expected]);
  }
  for (const [which, input, expected] of known) {
    try {
      const outcome = await target.read(input);
      if (outcome !== expected) throw new Error(`it was ${outcome}, not ${expected}`);
    } catch (cause) {
      throw new FuzzFind(which, input, cause);
    }
  }
  return known.length;
}

async function* entries(folder: string): AsyncGenerator<Deno.DirEntry> {
  try {
    yield* Deno.readDir(folder);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
