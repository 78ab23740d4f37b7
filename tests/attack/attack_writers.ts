import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStorage, RemoteAccess, type Storage } from "../../pipeline/places/mod.ts";
import { ScoreStore, verifyScores } from "../../pipeline/scores/mod.ts";
import { writeHours } from "../helpers/scored_files.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { taskFlags } from "../helpers/task_flags.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import {
  assertTreeOfOne,
  gainsOf,
  gainsThere,
  type Meeting,
  type MeetingEnd,
  OLD_GAIN,
  whoGoesOn,
} from "../helpers/tree_of_one.ts";
import { startVersitygw } from "../helpers/versitygw.ts";
import { ProcessPool } from "./process_pool.ts";
import type { WriterEnd, WriterJob } from "./writer.ts";

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));
const HOURS = [0, 1, 2, 3].map((hour) => Date.UTC(2021, 0, 1, hour));
const AUDIO_MISSING = 3;
const REFUSED = 78;

/** What came of the rounds of one kind. */
export interface AttackResult {
  /** Such as `3 writers, other arguments, --force`. */
  kind: string;
  rounds: number;
  /** How often writers ended with each exit code, or were killed. */
  ends: Record<string, number>;
}

/** Every way in which writers meet. */
export const MEETINGS: readonly Meeting[] = [2, 3].flatMap((writers) =>
  [false, true].flatMap((force) => [false, true].map((other) => ({ writers, other, force })))
);

/** Where writers meet. */
interface Arena {
  /** A fresh place for scores, as `--out` takes it. */
  freshPlace(): string;
  open(place: string): Storage;
  options: { endpoint?: string; outRegion?: string };
}

/**
 * Lets two and three processes score the same hours into one place at random moments, one of them
 * killed in every other round, and holds what they leave to what is promised.
 *
 * @param where A folder, or a bucket of a real S3 server.
 * @param rounds How many rounds of each kind.
 * @param seed Decides the moments.
 * @param onKind Told of each kind that has passed.
 * @throws {Error} In the first round that breaks a promise, with its seed.
 */
export function attackWriters(
  where: "folder" | "bucket",
  rounds: number,
  seed: number,
  onKind: (result: AttackResult) => void,
): Promise<void> {
  return withFolder(async (folder) => {
    const files = await writeHours(folder, HOURS.length, 6);
    await Deno.mkdir(join(folder, "bucket"));
    await using server = where === "bucket" ? await startVersitygw(folder) : undefined;
    const access = new RemoteAccess({ endpoint: server?.origin, region: "us-west-2" });
    let places = 0;
    const arena: Arena = {
      freshPlace: () => (server ? "s3://bucket/" : `${folder}/`) + `out-${++places}`,
      open: (place) => openStorage(place, access),
      options: server ? { endpoint: server.origin, outRegion: "us-west-2" } : {},
    };
    await using pool = new ProcessPool<WriterJob, WriterEnd>(WRITER, await taskFlags("score"));
    for (const meeting of MEETINGS) {
      const ends: Record<string, number> = {};
      for (let round = 0; round < rounds; round++) {
        const random = new SeededRandom(seed * 100_003 + round);
        try {
          for (
            const end of await attackOnce(meeting, round % 2 === 1, arena, files, pool, random)
          ) {
            ends[end] = (ends[end] ?? 0) + 1;
          }
        } catch (cause) {
          throw new Error(`${kindOf(meeting)}, ${where}, seed ${seed}, round ${round}`, { cause });
        }
      }
      onKind({ kind: kindOf(meeting), rounds, ends });
    }
    access.close();
  });
}

function kindOf({ writers, other, force }: Meeting): string {
  return `${writers} writers, ${other ? "other" : "same"} arguments${force ? ", --force" : ""}`;
}

/** One round; how each writer ended. */
async function attackOnce(
  meeting: Meeting,
  kill: boolean,
  arena: Arena,
  files: string[],
  pool: ProcessPool<WriterJob, WriterEnd>,
  random: SeededRandom,
): Promise<string[]> {
  const place = arena.freshPlace();
  const job = (gain: number, force: boolean, workers: number): WriterJob => ({
    files,
    options: {
      ...{ model: "demo", engine: "onnx", threads: 1, workers, recipe: "exact", channel: 0 },
      ...{ out: place, gain, force, log: "json", ...arena.options },
    },
  });
  const finish = async (gain: number, force: boolean): Promise<number> => {
    const started = performance.now();
    const end = await pool.run(job(gain, force, 1));
    assert.equal(end?.code, AUDIO_MISSING, end?.sentence);
    return performance.now() - started;
  };
  if (meeting.force) await finish(OLD_GAIN, false);
  pool.ready(meeting.writers);
  const killed = kill ? random.below(meeting.writers) : -1;
  // Most begin in the same moment, some after others have written.
  const latestMs = random.pick([1, 20, 300]);
  const ends = await Promise.all(
    gainsOf(meeting).map(async (gain, writer): Promise<MeetingEnd> => {
      const [beginsMs, diesMs, workers] = [latestMs, 600, 2].map((most) => random.below(most));
      await new Promise((done) => setTimeout(done, beginsMs));
      const asked = job(gain, meeting.force, workers + 1);
      const end = await (writer === killed ? runKilled(pool, asked, diesMs) : pool.run(asked));
      if (!end) return { gain, how: "killed" };
      if (end.code === AUDIO_MISSING) return { gain, how: "finished" };
      assert.equal(end.code, REFUSED, end.sentence);
      return { gain, how: "refused" };
    }),
  );
  assertTreeOfOne(meeting, ends, await gainsThere(arena.open(place), HOURS));
  const gain = await whoGoesOn(arena.open(place), HOURS);
  await finish(gain, meeting.force);
  await assertWhole(arena.open(place), gain);
  return ends.map(({ how }) => how);
}

/** Lets a writer be killed after a time. */
async function runKilled(
  pool: ProcessPool<WriterJob, WriterEnd>,
  job: WriterJob,
  afterMs: number,
): Promise<WriterEnd | undefined> {
  const killing = new AbortController();
  const timer = setTimeout(() => killing.abort(), afterMs);
  const end = await pool.run(job, killing.signal);
  clearTimeout(timer);
  return end;
}

/** That all hours are there, of one gain, and nothing else. */
async function assertWhole(storage: Storage, gain: number): Promise<void> {
  assert.deepEqual(await gainsThere(storage, HOURS), HOURS.map(() => gain));
  for await (const { state, reason } of verifyScores(storage, { deep: true })) {
    assert.equal(state, "whole", reason);
  }
  const names = (await Array.fromAsync(storage.list())).map(({ path }) => path);
  const store = new ScoreStore(storage);
  const expected = HOURS.flatMap((hourMs) => [store.csvPath(hourMs), store.manifestPath(hourMs)])
    .map((path) => path.slice(storage.name.length + 1));
  assert.deepEqual(names.filter((name) => !name.endsWith(".done.json")).sort(), expected.sort());
}
