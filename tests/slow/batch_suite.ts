import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  CORRUPT_FAULT,
  CORRUPT_GAIN,
  serveBatchArchive,
  writeBatchArchive,
} from "../helpers/batch_archive.ts";
import { type Ended, megaptera } from "../helpers/command_line.ts";
import { scoresBelow } from "../helpers/scored_files.ts";

/** Two days in shares of four hours; one hour is corrupt, and one keeps the last share waiting. */
const HOURS = 48;
const CORRUPT = 25;
const WAITED_FOR = 44;

/** What a back end is tried with. */
export interface BatchBackEnd {
  on: "local" | "slurm" | "aws";
  /** A folder of the test's own. */
  folder: string;
  out: string;
  /** The same output as a folder, to compare files in. */
  outFolder: string;
  environment: Record<string, string>;
  options?: string[];
  /** Stops the job of one share, as an operator would. */
  stop(share: number): Promise<void>;
  /** Hours that keep their workers waiting from the start until these have been disturbed. */
  held?: readonly number[];
  /** Done once workers wait for all held hours; when it is over, the hours are let go. */
  disturb?(ask: (...args: string[]) => Promise<Ended>): Promise<void>;
}

/**
 * What every back end promises: a run of 48 hours in 12 jobs, of which one fails for a corrupt
 * recording and one is stopped at work, is told rightly at every moment, and retried by its results
 * it gives `score`'s bytes.
 */
export async function batchSuite(backEnd: BatchBackEnd): Promise<void> {
  const { on, folder, out, outFolder, environment, options = [] } = backEnd;
  const recordings = await writeBatchArchive(folder, HOURS, 6, [CORRUPT]);
  await using archive = await serveBatchArchive(recordings);
  const where = ["--out", out, ...options];
  const ask = (...args: string[]): Promise<Ended> => megaptera(args, folder, environment);
  const untilStatus = async (pattern: RegExp): Promise<string> => {
    let last = "";
    for (let tries = 0; tries < 120; tries++) {
      const { out, err } = await ask("batch-status", ...where);
      if (pattern.test(out)) return out;
      last = out + err;
      await wait(500);
    }
    throw new Error(`status never said ${pattern}, at last:\n${last}`);
  };

  const release = archive.hold(WAITED_FOR);
  const held = (backEnd.held ?? []).map((hour) => ({ hour, letGo: archive.hold(hour) }));
  const days = ["--start", "2021-01-01", "--stop", "2021-01-03", "--source", archive.source];
  const how = ["--model", "demo", ...CORRUPT_GAIN];
  const range = ["batch-range", ...days, ...how, "--on", on, "--yes", ...where];
  const submitted = await ask(...range, "--core-seconds", "450");
  assert.equal(submitted.code, 0, submitted.err);
  assert.match(submitted.out, /Submitted 12 jobs on /);
  await Promise.all(held.map(({ hour }) => archive.untilHeld(hour)));
  await backEnd.disturb?.(ask);
  for (const { letGo } of held) letGo();
  await archive.untilHeld(WAITED_FOR);
  const waiting = await untilStatus(/jobs {4}1 running, 0 waiting, 10 succeeded, 1 failed/);
  assert.match(
    waiting,
    /hours {3}43 scored, 0 without audio, 5 left \(of jobs running: 4, that failed: 1\)\n/,
  );
  assert.match(waiting, /speed {3}\d+\.\d hours of the range an hour; it should end at 20/);
  assert.match(waiting, /share 6 from 2021-01-02T00:00:00Z failed with 65, 1 of its 4 hours/);

  // Asked for again meanwhile, only what no job is at work on is handed over.
  const again = await ask(...range);
  assert.match(again.out, /goes on: 48 hours[^]*Submitted 1 job on /, again.err);
  await untilStatus(/jobs {4}1 running, 0 waiting, 10 succeeded, 1 failed/);

  await backEnd.stop(11);
  // A job that was stopped at its back end is cancelled; of one that was killed nobody says so.
  const stopped = await untilStatus(
    /jobs {4}0 running, 0 waiting, 10 succeeded, (2 failed|1 failed, 1 cancelled)/,
  );
  assert.match(
    stopped,
    /share 11 from 2021-01-02T20:00:00Z failed.* 4 of its 4 hours are missing|cancelled: 4\)/,
  );
  const verified = await ask("batch-verify", ...where);
  assert.equal(verified.code, 65);
  assert.match(verified.out, new RegExp(`2021-01-02T01:00:00Z missing: .*${CORRUPT_FAULT}`));
  const why = "(stopped: the hours in hand|its worker left no end: it was killed)";
  assert.match(verified.out, new RegExp(`2021-01-02T20:00:00Z missing: ${why}`));
  assert.match(verified.out, /43 whole, 5 missing\./);

  release();
  const retried = await ask("batch-retry", "--yes", ...where);
  assert.match(retried.out, /5 hours are missing\.[^]*Submitted 2 jobs on /, retried.err);
  const ended = await ask("batch-status", "--watch", ...where);
  assert.equal(ended.code, 65, ended.err);
  assert.match(ended.out, /hours {3}47 scored, 0 without audio, 1 left/);
  const log = await ask("batch-logs", "--share", "11", ...where);
  assert.match(log.out, /"hours":\{"scored":4,"done":0,"no_audio":0,"failed":0\}/, log.err);
  const whole = await ask("batch-verify", ...where);
  assert.equal(whole.code, 65);
  assert.match(
    whole.out,
    /^2021-01-02T01:00:00Z missing: .*\n48 hours of .*: 47 whole, 1 missing\./,
  );

  const alone = [
    "score",
    "--date",
    "2021-01-01",
    "--stop",
    "2021-01-03",
    "--source",
    archive.source,
  ];
  const one = join(folder, "one");
  const scored = await ask(...alone, ...how, "--out", one);
  assert.equal(scored.code, 65, scored.err);
  assert.deepEqual(await scoresBelow(outFolder), await scoresBelow(one));
}

/** Names of the logs that a share's tries left in a run's only output. */
export async function attemptsOf(outFolder: string, share: string): Promise<string[]> {
  const runs = join(outFolder, "runs");
  const names: string[] = [];
  for await (const { name } of Deno.readDir(join(runs, "index"))) {
    for await (const log of Deno.readDir(join(runs, name, "logs", share))) names.push(log.name);
  }
  return names.sort();
}
