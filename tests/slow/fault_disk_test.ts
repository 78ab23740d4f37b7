import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Ended, megaptera, megapteraCommand } from "../helpers/command_line.ts";
import { scoresBelow, writeHours } from "../helpers/scored_files.ts";
import { CAN_MOUNT, remount, withSmallDisk } from "../helpers/small_disk.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

const HOURS = 4;
/** No audio between the recordings: that is said with this exit code. */
const AUDIO_MISSING = 3;

function score(files: string[], out: string, folder: string): Promise<Ended> {
  return megaptera(["score", ...files, "--model", "demo", "--out", out], join(folder, "cache"));
}

/** That a command ended with a code and one sentence. */
function assertSentence({ code, err }: Ended, expected: number, pattern: RegExp): void {
  assert.equal(code, expected, err);
  // progress stands before it, a line an hour
  const lines = err.trim().split("\n");
  assert.equal(lines.findIndex((line) => line.startsWith("error: ")), lines.length - 1, err);
  assert.match(lines[lines.length - 1], pattern);
  assert.ok(!err.includes("    at ") && !err.includes("fault of megaptera's own"), err);
}

Deno.test({
  name: "a disk that fills up ends score with 75, whole hours only, and with room it goes on",
  ignore: !CAN_MOUNT,
}, () =>
  // an hour's scores take 100 kB and more: there is room for one hour to three
  withSmallDisk("size=150k", async (disk, folder) => {
    const files = await writeHours(folder, HOURS, 10);
    const whole = join(folder, "whole");
    assert.equal((await score(files, whole, folder)).code, AUDIO_MISSING);
    const expected = await scoresBelow(whole);
    for (const size of [40, 110, 150, 200, 260]) {
      assert.ok(await remount(disk, `size=${size}k`));
      const out = join(disk, "out");
      const ended = await score(files, out, folder);
      assertSentence(ended, 75, /Cannot write scores to .*(No space|os error 28).*same command/i);
      const left = await scoresBelow(out);
      for (const [name, text] of Object.entries(left)) assert.equal(text, expected[name], name);
      const litter = (await filesBelow(out)).filter((name) => name.endsWith(".partial"));
      assert.deepEqual(litter, [], `with ${size} kB`);
    }
    assert.ok(await remount(disk, "size=4m"));
    const again = await score(files, join(disk, "out"), folder);
    assert.equal(again.code, AUDIO_MISSING, again.err);
    assert.deepEqual(await filesBelow(join(disk, "out")), await filesBelow(whole));
    assert.deepEqual(await scoresBelow(join(disk, "out")), expected);
  }));

Deno.test({
  name:
    "a disk that fills up while scores are replaced leaves the old ones whole, with their manifest",
  ignore: !CAN_MOUNT,
}, () =>
  withSmallDisk("size=4m", async (disk, folder) => {
    const files = await writeHours(folder, 1, 10);
    const out = join(disk, "out");
    const args = ["score", ...files, "--model", "demo", "--out", out];
    assert.equal((await megaptera(args, folder)).code, 0);
    const before = await scoresBelow(out);
    assert.ok(await remount(disk, "size=140k"));
    // the manifest has room, the scores beside the old ones have not
    const louder = [...args, "--gain", "2", "--force"];
    assertSentence(await megaptera(louder, folder), 75, /No space/);
    assert.deepEqual(await scoresBelow(out), before);
    assert.equal((await megaptera(["verify", out, "--deep"], folder)).code, 0);
    assert.ok(await remount(disk, "size=4m"));
    assert.equal((await megaptera(louder, folder)).code, 0);
    assert.equal((await megaptera(["verify", out, "--deep"], folder)).code, 0);
    assert.notDeepEqual(await scoresBelow(out), before);
  }));

Deno.test({
  name: "an output that can only be read ends score with 77, before anything is scored",
  ignore: !CAN_MOUNT,
}, () =>
  withSmallDisk("size=4m", async (disk, folder) => {
    const files = await writeHours(folder, 1, 10);
    assert.equal((await score(files, join(disk, "out"), folder)).code, 0);
    const before = await scoresBelow(disk);
    assert.ok(await remount(disk, "ro"));
    for (const out of ["out", "new", "new/deep"]) {
      const ended = await score([...files], join(disk, out), folder);
      assertSentence(ended, 77, /Cannot write scores to .*--out/);
    }
    const verified = await megaptera(["verify", join(disk, "out"), "--deep"], folder);
    assert.equal(verified.code, 0, verified.err);
    assert.deepEqual(await scoresBelow(disk), before);
  }));

Deno.test({
  name: "a disk that comes to be read-only while scoring ends score with 77",
  ignore: !CAN_MOUNT,
}, () =>
  withSmallDisk("size=4m", async (disk, folder) => {
    const files = await writeHours(folder, HOURS, 90);
    const out = join(disk, "out");
    const ended = await disturbed(files, out, folder, async () => {
      // As long as a file is being written, the system says that the disk is busy.
      for (let tries = 0; tries < 100 && !await remount(disk, "ro"); tries++) await sleep(5);
    });
    assertSentence(ended, 77, /Cannot write scores to /);
  }));

/** Scores, and does something as soon as the first hour is written. */
async function disturbed(
  files: string[],
  out: string,
  folder: string,
  disturb: () => Promise<unknown>,
): Promise<Ended> {
  const args = ["score", ...files, "--model", "demo", "--workers", "1", "--out", out];
  const child = megapteraCommand(args, join(folder, "cache")).spawn();
  const output = child.output();
  let ended = false;
  output.finally(() => ended = true);
  while (!ended && !(await filesBelow(out).catch(() => [])).some((name) => name.endsWith(".csv"))) {
    await sleep(5);
  }
  await disturb();
  const { code, stdout, stderr } = await output;
  const text = new TextDecoder();
  return { code, out: text.decode(stdout), err: text.decode(stderr) };
}

Deno.test("an output folder that is removed while scoring is made anew, and a rerun completes it", () =>
  withFolder(async (folder) => {
    const files = await writeHours(folder, HOURS, 20);
    const [whole, out] = [join(folder, "whole"), join(folder, "out")];
    assert.equal((await score(files, whole, folder)).code, AUDIO_MISSING);
    const remove = () => Deno.remove(out, { recursive: true });
    const ended = await disturbed(files, out, folder, remove);
    if (ended.code === AUDIO_MISSING) {
      const expected = await scoresBelow(whole);
      for (const [name, text] of Object.entries(await scoresBelow(out))) {
        assert.equal(text, expected[name], name);
      }
    } else {
      // removed between the making of a folder and of a file in it
      assertSentence(ended, 75, /Cannot write scores to .*same command/);
    }
    assert.equal((await score(files, out, folder)).code, AUDIO_MISSING);
    assert.deepEqual(await filesBelow(out), await filesBelow(whole));
    assert.deepEqual(await scoresBelow(out), await scoresBelow(whole));
  }));

Deno.test("a file where the output folder, or a folder in it, should be ends score with 77", () =>
  withFolder(async (folder) => {
    const files = await writeHours(folder, 1, 10);
    const out = join(folder, "out");
    await Deno.writeTextFile(out, "a file");
    assertSentence(await score(files, out, folder), 77, /Cannot write scores to .*--out/);
    await Deno.remove(out);
    await Deno.mkdir(out);
    await Deno.writeTextFile(join(out, "2021"), "a file");
    assertSentence(await score(files, out, folder), 77, /2021/);
  }));

Deno.test(
  { name: "a disk without room for it ends demo with 75", ignore: !CAN_MOUNT },
  () =>
    withSmallDisk("size=1m", async (disk, folder) => {
      const ended = await megaptera(["demo", "--out", join(disk, "demo")], folder);
      assertSentence(
        ended,
        75,
        /Cannot write .*MADEUP.*\.wav as the system refused: No space left/,
      );
    }),
);
