import { fileURLToPath } from "node:url";
import { mapLimited } from "../../core/map_limited.ts";
import { type Ended, FLAGS } from "../helpers/command_line.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { ProcessPool } from "./process_pool.ts";
import type { SubmitterJob } from "./submitter.ts";
import { type Arena, awsArena, localArena, Round, slurmArena, STEPS } from "./submitters.ts";

/** Rounds that are played at the same time. */
const AT_ONCE = 3;

const SUBMITTER = fileURLToPath(new URL("submitter.ts", import.meta.url));
const ARENAS = { local: localArena, slurm: slurmArena, aws: awsArena };

/** What came of the rounds of one kind. */
export interface SubmittersResult {
  kind: string;
  rounds: number;
}

/**
 * Lets two and three processes hand over the same run, each begun after some steps of the first, lets
 * one be killed at each step of handing over, and one sleep through the run's end: each time there must be one array, seen
 * by status and ended by cancel.
 *
 * @param on What the jobs are handed to: this machine, a real Slurm, or AWS Batch made up.
 * @param rounds How many rounds of each kind.
 * @param seed Decides the steps.
 * @param onKind Told of each kind that has passed.
 * @throws {Error} In the first round that breaks a promise, with its seed.
 */
export async function attackSubmitters(
  on: Arena["on"],
  rounds: number,
  seed: number,
  onKind: (result: SubmittersResult) => void,
): Promise<void> {
  // A plain and short one: Slurm wants it so.
  const folder = await Deno.makeTempDir({ prefix: "attack-" });
  try {
    await using arena = await ARENAS[on](folder);
    await using pool = new ProcessPool<SubmitterJob, Ended>(SUBMITTER, FLAGS);
    // Every second one into a folder, where machines reach it.
    const isFar = (n: number): boolean => on === "aws" || n % 2 === 1;
    const command = (n: number) => n % 4 < 2 ? "batch-range" as const : "batch-retry" as const;
    const kinds: [kind: string, isFar: (n: number) => boolean, play: Play][] = [
      ["two submitters", isFar, (round, n) => round.race(2, command(n))],
      ["three submitters", isFar, (round, n) => round.race(3, command(n))],
      ["one killed on its way", () => true, (round, n) => round.kill(STEPS[n % STEPS.length])],
      ["one asleep on its way", () => true, (round) => round.freeze()],
    ];
    for (const [k, [kind, isFar, play]] of kinds.entries()) {
      await mapLimited([...Array(rounds).keys()], AT_ONCE, async (n) => {
        const random = new SeededRandom((seed * 4 + k) * 100_000 + n);
        const round = new Round(arena, pool, random, folder, `round-${k}-${n}`, isFar(n));
        try {
          await play(round, n);
        } catch (cause) {
          throw new Error(`${on}, ${kind}, round ${n} of seed ${seed}`, { cause });
        }
      });
      onKind({ kind, rounds });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

type Play = (round: Round, n: number) => Promise<void>;
