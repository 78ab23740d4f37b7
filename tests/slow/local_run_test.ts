import assert from "node:assert/strict";
import { join } from "node:path";
import { wavOf } from "../helpers/archive.ts";
import {
  CORRUPT_FAULT,
  CORRUPT_GAIN,
  hourName,
  writeBatchArchive,
} from "../helpers/batch_archive.ts";
import { megaptera } from "../helpers/command_line.ts";
import { scoresBelow } from "../helpers/scored_files.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

/**
 * Nine hours from midnight: eight recordings, of which one is corrupt and one has no header any more,
 * and an hour without.
 */
const CORRUPT = 5;
const HEADLESS = 7;
const DAYS = ["--start", "2021-01-01", "--stop", "2021-01-01T09Z"];
const RANGE = [...DAYS, "--model", "demo", ...CORRUPT_GAIN];

Deno.test("a range on this machine gives score's own bytes, and retry, status and verify tell it", () =>
  withFolder(async (folder) => {
    const recordings = await writeBatchArchive(folder, 8, 6, [CORRUPT]);
    const headless = join(recordings, hourName(HEADLESS));
    const whole = await Deno.readFile(headless);
    await Deno.writeFile(headless, whole.with(0, 0));
    const out = join(folder, "out");
    const where = ["--out", out];
    const range = ["batch-range", ...RANGE, "--source", recordings, "--on", "local", ...where];
    // Three hours a job.
    const command = [...range, "--core-seconds", "600", "--watch"];
    const first = await megaptera(command, folder);
    assert.equal(first.code, 65, first.err);
    assert.match(first.out, /3 jobs, about 1\.6 core-hours\./);
    assert.match(
      first.out,
      /hours {3}6 scored, 2 without audio, 1 left \(of jobs that failed: 1\)\n/,
    );
    assert.doesNotMatch(first.out, /^speed .*\nused/m, "what has ended has no speed");
    assert.match(first.out, /jobs {4}0 running, 0 waiting, 2 succeeded, 1 failed/);
    assert.match(
      first.out,
      /share 1 from 2021-01-01T03:00:00Z failed with 65, 1 of its 3 hours are missing: .* one\. \(its/,
    );
    assert.match(first.out, /"event":"summary"/);

    const single = ["score", "--date", "2021-01-01", "--hours", "0-9", "--source", recordings];
    const alone = await megaptera(
      [...single, "--model", "demo", ...CORRUPT_GAIN, "--out", join(folder, "one")],
      folder,
    );
    assert.equal(alone.code, 65, alone.err);
    assert.deepEqual(await scoresBelow(out), await scoresBelow(join(folder, "one")));

    const verified = await megaptera(["batch-verify", ...where], folder);
    assert.equal(verified.code, 65, verified.err);
    assert.match(verified.out, new RegExp(`2021-01-01T05:00:00Z missing: .*${CORRUPT_FAULT}`));
    assert.match(
      verified.out,
      /^2021-01-01T07:00:00Z no audio: unreadable recording 20210101_070000\.wav, no recording: Cannot .*$/m,
    );
    assert.match(verified.out, /^2021-01-01T08:00:00Z no audio: no recording$/m);
    assert.match(
      verified.out,
      /^Without effort: 0:06, unreadable recording 20210101_070000\.wav\.$/m,
    );
    const deep = await megaptera(["batch-verify", "--deep", ...where], folder);
    assert.deepEqual([deep.code, deep.out], [65, verified.out]);
    assert.match(
      verified.out,
      /9 hours of 20210101-20210101-\w+: 6 whole, 2 no audio, 1 missing\./,
    );

    const logs = await megaptera(["batch-logs", "--failed", ...where], folder);
    assert.match(
      logs.out,
      new RegExp(`^1 share failed: .*${CORRUPT_FAULT}.*\nshare 1\n.*"event":"start"`),
    );

    // The recordings are mended: of its share it is scored, and the hour before, which hears its start.
    await Deno.writeFile(join(recordings, hourName(CORRUPT)), wavOf(6, CORRUPT + 1));
    await Deno.writeFile(headless, whole);
    const retried = await megaptera(["batch-retry", "--watch", ...where], folder);
    assert.equal(retried.code, 3, retried.err);
    assert.match(
      retried.out,
      /1 hour is missing\.\n1 hour lacks audio of recordings that can be had now, .*\n2 jobs,/,
    );
    const log = await megaptera(["batch-logs", "--share", "1", ...where], folder);
    assert.match(log.out, /"hours":\{"scored":2,"done":1,"no_audio":0,"failed":0\}/);
    const complete = await megaptera(["batch-verify", ...where], folder);
    assert.equal(complete.code, 3, complete.out);
    assert.match(complete.out, /8 whole, 1 no audio\.\nFingerprint [0-9a-f]{12}, demo\./);

    const again = await megaptera([...range, "--core-seconds", "900"], folder);
    assert.match(again.out, /goes on: 9 hours .*\nNothing is missing/);
    const refused = await megaptera([...range, "--gain", "2"], folder);
    assert.equal(refused.code, 78, refused.out);
    assert.match(refused.err, /is of another fingerprint .*: choose another --out\./);
    const bouts = await megaptera(["calls", out, "--out", join(folder, "calls.csv")], folder);
    assert.doesNotMatch(bouts.out + bouts.err, /runs\//);
  }));
