import assert from "node:assert/strict";
import { join } from "node:path";
import { runHere } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

Deno.test("the example is the same each time, is gone on with, and tells its song and its site", () =>
  withFolder(async (folder) => {
    const one = join(folder, "one");
    const ended = await runHere(["example", "--out", one], folder);
    assert.equal(ended.code, 0, ended.err);
    assert.match(ended.out, /No recording and no whale is behind them/);
    const name = "MADEUP_20240215_190000.wav";
    const path = join(one, "recordings", name);
    const first = await Deno.readFile(path);
    await Deno.remove(path);
    const kept = join(one, "recordings", "MADEUP_20240214_000000.wav");
    const { mtime } = await Deno.stat(kept);
    await runHere(["example", "--out", one], folder);
    assert.deepEqual(await Deno.readFile(path), first);
    assert.deepEqual((await Deno.stat(kept)).mtime, mtime, "what is there is left");
    assert.equal((await Array.fromAsync(Deno.readDir(join(one, "recordings")))).length, 72);
    const truth = await Deno.readTextFile(join(one, "truth.csv"));
    assert.match(truth, /^start,end,label\n2024-02-14T10:00:36\.561Z,.*,song\n/);
    const inspected = await runHere(
      ["inspect", join(one, "recordings"), "--timezone", "Pacific/Honolulu"],
      folder,
    );
    assert.equal(inspected.code, 65);
    assert.match(inspected.out, /^2024-02-14T10:00:00Z +2:00 +10000 /m);
    assert.match(inspected.out, /Schedule: 2 min every 1 h since 2024-02-14 10:00/);
    assert.match(inspected.out, /Can't be scored: Cannot read MADEUP_20240215_120000\.wav/);
  }));
