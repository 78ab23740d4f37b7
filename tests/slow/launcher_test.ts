import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture } from "../helpers/fixtures.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const LAUNCHER = fileURLToPath(new URL("../../megaptera", import.meta.url));
const NEEDED = ["sh", "uname", "dirname", "readlink", "mkdir", "ln", "env", "node", "npx"];

/** Makes a folder for PATH that holds these programs and no others. */
async function only(programs: readonly string[], folder: string): Promise<string> {
  await Deno.mkdir(folder);
  for (const name of programs) {
    const places = (Deno.env.get("PATH") ?? "").split(":").map((place) => join(place, name));
    for (const place of places) {
      if (!await Deno.stat(place).then(({ isFile }) => isFile, () => false)) continue;
      await Deno.symlink(await Deno.realPath(place), join(folder, name));
      break;
    }
  }
  return folder;
}

Deno.test("where there is only Node.js, npx is asked once, and nothing of it is printed", () =>
  withFolder(async (folder) => {
    const start = async (PATH: string): Promise<{ code: number; out: string; err: string }> => {
      const { code, stdout, stderr } = await new Deno.Command(LAUNCHER, {
        args: ["inspect", fixture("")],
        env: { PATH, MEGAPTERA_CACHE: join(folder, "cache") },
      }).output();
      const text = new TextDecoder();
      return { code, out: text.decode(stdout), err: text.decode(stderr) };
    };
    const bare = await only(NEEDED.filter((name) => !name.startsWith("n")), join(folder, "bare"));
    const before = await start(bare);
    assert.equal(before.code, 78);
    assert.match(before.err, /error: Cannot start as Deno 2\.9\.6 is not here .*install Node\.js/);
    const first = await start(await only(NEEDED, join(folder, "node")));
    assert.match(first.out, /0 recordings in 0 continuous runs/, first.err);
    assert.match(first.err, /^megaptera: this first start fetches Deno 2\.9\.6 and packages, once/);
    assert.doesNotMatch(first.err, /npm|warn|notice/i);
    // Now it knows where Deno is.
    const second = await start(bare);
    assert.equal(second.code, first.code);
    assert.equal(second.err, first.err.replace(/^megaptera: .*\n/, ""));
  }));
