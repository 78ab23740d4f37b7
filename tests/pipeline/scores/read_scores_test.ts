import assert from "node:assert/strict";
import { join } from "node:path";
import { readScores, ScoreSet } from "../../../pipeline/scores/mod.ts";
import { plantHour } from "../../helpers/planted_scores.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const HOUR_MS = 3_600_000;

const all = (folder: string, options = {}) => Array.fromAsync(readScores(folder, options));

Deno.test("holes and files that are no hour's are known before anything is read", () =>
  withFolder(async (folder) => {
    await plantHour(folder, HOUR, 0.1);
    await plantHour(folder, HOUR + 3 * HOUR_MS, 0.1);
    for (const name of ["calls.csv", "20210101_24.csv", "20210230_10.csv", ".hidden"]) {
      await Deno.writeTextFile(join(folder, name), "x");
    }
    const set = await ScoreSet.open(folder);
    assert.deepEqual([set.hours, set.startMs, set.stopMs], [2, HOUR, HOUR + 4 * HOUR_MS]);
    assert.deepEqual(set.holes, [{ startMs: HOUR + HOUR_MS, stopMs: HOUR + 3 * HOUR_MS }]);
    assert.deepEqual(set.foreign, ["20210101_24.csv", "20210230_10.csv", "calls.csv"]);
    assert.equal((await Array.fromAsync(set.read())).length, 2);
  }));

Deno.test("two trees of scores in one folder are said to be that", () =>
  withFolder(async (folder) => {
    await plantHour(join(folder, "Mn"), HOUR, 0.1);
    await plantHour(join(folder, "Bp"), HOUR, 0.1);
    await assert.rejects(
      all(folder),
      /one hour is there twice: Bp\/2021\/01\/20210101_09\.\w+ and Mn\/.*two classes: name one of them, .*\/Bp/,
    );
    assert.equal((await all(join(folder, "Mn"))).length, 1);
  }));

Deno.test("hours that links lead to are read, and a link that leads nowhere is named", () =>
  withFolder(async (folder) => {
    const [scores, elsewhere] = [join(folder, "scores"), join(folder, "elsewhere")];
    await plantHour(scores, HOUR, 0.1);
    await plantHour(elsewhere, Date.UTC(2022, 0, 1), 0.2);
    await Deno.symlink(join(elsewhere, "2022"), join(scores, "2022"));
    await Deno.symlink("user@host:1", join(scores, ".#20210101_09.csv"));
    await Deno.symlink(scores, join(scores, "itself"));
    assert.deepEqual((await all(scores)).map(({ scores }) => scores[0]), [0.1, 0.2]);
    await Deno.rename(elsewhere, join(folder, "taken away"));
    await assert.rejects(
      all(scores),
      /^MegapteraError: Cannot follow the link .*2022 as nothing is there: mend it/,
    );
  }));

Deno.test("nominal clocks are refused unless they are asked for", () =>
  withFolder(async (folder) => {
    await plantHour(folder, HOUR, 0.1, { clock: "nominal", recipe: "mbari" });
    await assert.rejects(
      all(folder),
      /2021-01-01T09:00:00Z.*its clock is nominal.*--nominal-clock/,
    );
    assert.equal((await all(folder, { nominalClock: true })).length, 1);
  }));

Deno.test("scores that were made in different ways are refused unless they are asked for", () =>
  withFolder(async (folder) => {
    await plantHour(folder, HOUR, 0.1);
    await plantHour(folder, HOUR + HOUR_MS, 0.1, { fingerprint: "b".repeat(64) });
    await assert.rejects(all(folder), /T10:00:00Z.*than 2021-01-01T09.*bbbb.*aaaa.*--mixed/);
    const set = await ScoreSet.open(folder, { mixed: true });
    await Array.fromAsync(set.read());
    assert.equal(set.origin.fingerprints.size, 2);
  }));

Deno.test("windows of different lengths are never taken together", () =>
  withFolder(async (folder) => {
    await plantHour(folder, HOUR, 0.1, { manifest: false });
    const detector = { name: "other", weightsSha256: "0".repeat(64), windowSeconds: 5 };
    const other = { detector: { ...detector, hopSeconds: 1, classNames: ["Mn"] } };
    await plantHour(folder, HOUR + HOUR_MS, 0.1, other);
    await assert.rejects(all(folder, { mixed: true }), /its window is of 5 s.*of 3\.9124 s/);
  }));

Deno.test("scores without a manifest are taken and counted", () =>
  withFolder(async (folder) => {
    await plantHour(folder, HOUR, 0.1, { manifest: false });
    const set = await ScoreSet.open(folder);
    for (let again = 0; again < 2; again++) {
      await Array.fromAsync(set.read());
      assert.deepEqual([set.origin.unknownHours, set.origin.windowSeconds], [1, 3.9124]);
    }
  }));

Deno.test("an hour whose name and rows differ is refused", () =>
  withFolder(async (folder) => {
    const path = await plantHour(folder, HOUR, 0.1, { manifest: false });
    await Deno.rename(path, join(folder, "20210101_10.csv"));
    await assert.rejects(all(folder), /by its name they are of 2021-01-01T10.*line 2 of .*T09/);
  }));

Deno.test("an hour that has lost its scores is refused, one that never had any is without effort", () =>
  withFolder(async (folder) => {
    const path = await plantHour(folder, HOUR, 0.1);
    await Deno.remove(path);
    await assert.rejects(all(folder), /its scores are gone, though it was scored/);
  }));

Deno.test("an empty folder and a missing one are said to be that", () =>
  withFolder(async (folder) => {
    await assert.rejects(all(folder), /holds no hourly score files .*: it is empty/);
    await assert.rejects(all(join(folder, "nowhere")), /nowhere as there is no such folder/);
    await assert.rejects(all("ftp://host/scores"), /ftp:\/\/ is not a place/);
  }));

Deno.test("reading stops where it is told to", () =>
  withFolder(async (folder) => {
    for (let hour = 0; hour < 3; hour++) await plantHour(folder, HOUR + hour * HOUR_MS, 0.1);
    const stop = new AbortController();
    let hours = 0;
    await assert.rejects(async () => {
      for await (const _ of readScores(folder, { signal: stop.signal })) {
        hours++;
        stop.abort();
      }
    }, { name: "AbortError" });
    assert.equal(hours, 1);
  }));
