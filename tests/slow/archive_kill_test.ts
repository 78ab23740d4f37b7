import assert from "node:assert/strict";
import { scoreArchive, scoresInBucket, serveArchive } from "../helpers/archive.ts";
import { killAt } from "../helpers/killed_at.ts";
import { SeededRandom } from "../helpers/seeded_random.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const KILLS = 20;
const SECONDS = [12, 12, 90, 12, 12, 12];
const HOURS = ["--hours", `0-${SECONDS.length}`];
// Recordings of 12 seconds at each hour would pass for a schedule.
const OPTIONS = [...HOURS, "--schedule", "continuous", "--workers", "2"];
/** Hours that end before they are full. */
const AUDIO_MISSING = 3;

Deno.test(`${KILLS} kills at random moments of a range into a bucket, each run on, give the same bytes`, () =>
  withFolder(async (folder) => {
    await using archive = await serveArchive(folder, SECONDS);
    const { origin } = archive.proxy;
    const started = performance.now();
    const whole = await scoreArchive(folder, origin, "s3://out/whole", OPTIONS).output();
    const lastsMs = performance.now() - started;
    assert.equal(whole.code, AUDIO_MISSING);
    const expected = scoresInBucket(archive, "/out/whole");
    assert.equal(Object.keys(expected).length, SECONDS.length);
    const random = new SeededRandom(2);
    const finished = new Set<number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const out = `out/kill-${kill}`;
      const signal = kill % 3 === 0 ? "SIGTERM" : "SIGKILL";
      const child = scoreArchive(folder, origin, `s3://${out}`, OPTIONS).spawn();
      const output = child.output();
      const count = (): number => Object.keys(scoresInBucket(archive, `/${out}`)).length;
      // half of the kills at any moment, half while a certain hour is scored or written
      const moment = kill % 2 === 0
        ? { finished: 0, afterMs: random.below(Math.ceil(lastsMs)) }
        : { finished: 1 + random.below(SECONDS.length - 1), afterMs: random.below(20) };
      await killAt(child, signal, moment, count);
      const { code } = await output;
      if (signal === "SIGTERM") assert.ok([143, AUDIO_MISSING].includes(code), `${code}`);
      const left = scoresInBucket(archive, `/${out}`);
      for (const [name, text] of Object.entries(left)) assert.equal(text, expected[name]);
      finished.add(Object.keys(left).length);
      const again = await scoreArchive(folder, origin, `s3://${out}`, OPTIONS).output();
      assert.equal(again.code, AUDIO_MISSING, new TextDecoder().decode(again.stderr));
      assert.deepEqual(scoresInBucket(archive, `/${out}`), expected, `kill ${kill}`);
    }
    assert.ok(finished.size >= 3, `hours finished at the kills: ${[...finished]}`);
  }));
