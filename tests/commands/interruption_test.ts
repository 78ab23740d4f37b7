import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera, megapteraCommand } from "../helpers/command_line.ts";
import { writeHours } from "../helpers/scored_files.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";

const HOURS = 6;

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} ends score with ${code}, keeps what is finished and says how to go on`, () =>
    withFolder(async (folder) => {
      // One after the other and long enough that hours are left when the first is finished.
      const files = await writeHours(folder, HOURS, 90);
      const out = join(folder, "out");
      const args = ["score", ...files, "--model", "demo", "--workers", "1", "--out", out];
      const child = megapteraCommand(args, folder).spawn();
      let err = "";
      const text = new TextDecoder();
      for await (const bytes of child.stderr) {
        const first = err === "";
        err += text.decode(bytes, { stream: true });
        if (first) child.kill(signal);
      }
      await child.stdout.cancel();
      assert.equal((await child.status).code, code, err);
      assert.match(err, /Stopped: what is finished is kept; the same command goes on from there\./);
      const finished = (await filesBelow(out)).filter((name) => name.endsWith(".csv")).length;
      assert.ok(finished >= 1 && finished <= HOURS, `${finished} hours are finished`);
      assert.ok((await filesBelow(out)).every((name) => !name.endsWith(".partial")));
      const again = await megaptera(args, folder);
      assert.match(
        again.out,
        new RegExp(`${HOURS - finished} hours? scored, ${finished} done before`),
      );
    }));
}

Deno.test("score leaves nothing behind but its scores, and reports on itself to nobody", () =>
  withFolder(async (folder) => {
    const [file] = await writeHours(folder, HOURS, 20);
    const [home, temporary] = [join(folder, "home"), join(folder, "tmp")];
    for (const path of [home, temporary]) await Deno.mkdir(path);
    const denoDir = Deno.env.get("DENO_DIR") ?? join(Deno.env.get("HOME") ?? "", ".cache", "deno");
    const args = ["score", file, "--model", "demo", "--out", join(folder, "out")];
    const environment = { HOME: home, TMPDIR: temporary, XDG_CACHE_HOME: "", DENO_DIR: denoDir };
    const ended = await megaptera(args, join(folder, "cache"), environment);
    assert.equal(ended.code, 0, ended.err);
    assert.deepEqual([...await filesBelow(home), ...await filesBelow(temporary)], []);
    assert.match(ended.out, /demo detector, trained on made-up song, not for science/);
  }));
