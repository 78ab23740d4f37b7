import assert from "node:assert/strict";
import { join } from "node:path";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { download, FILE, made } from "./download_from.ts";
import { type Answer, type AskedFor, serve, withHome } from "./faulty_home.ts";

Deno.test("a later call goes on from what an earlier one left", async () => {
  await withFolder(async (folder) => {
    let isUp = false;
    const answer = (asked: AskedFor, count: number): Answer => {
      if (isUp || count === 0) return serve(FILE, asked, '"1"', isUp ? Infinity : 123_456);
      return { status: 503, headers: { "content-length": 0 } };
    };
    await withHome(answer, async ({ base, asked }) => {
      const homes = [`${base}/a.tar.gz`];
      const first = await download(homes, folder);
      assert.match(first.error?.message ?? "", /the 123456 bytes that came are gone on from/);
      assert.deepEqual(first.files, ["model.tar.gz.partial", "model.tar.gz.partial.json"]);
      isUp = true;
      const second = await download(homes, folder);
      assert.deepEqual(second.bytes, FILE);
      assert.equal(asked.at(-1)?.range, "bytes=123456-");
      assert.equal(second.progress[0].receivedBytes > 123_456, true);
      assert.deepEqual(second.files, ["model.tar.gz"]);
    });
  });
});

Deno.test("what an earlier call left of one home is never joined to another's", async () => {
  await withFolder(async (folder) => {
    const answer = (asked: AskedFor): Answer => {
      if (asked.path === "/b") return serve(made(2), asked, '"1"');
      return asked.range
        ? { status: 404, headers: { "content-length": 0 } }
        : serve(FILE, asked, '"1"', 1000);
    };
    await withHome(answer, async ({ base, asked }) => {
      const result = await download([`${base}/a`, `${base}/b`], folder);
      assert.deepEqual(result.bytes, made(2));
      assert.equal(asked.at(-1)?.range, undefined);
    });
  });
});

Deno.test("a partial file that is whole is taken, one without its version is not", async () => {
  await withFolder(async (folder) => {
    await withHome((asked) => serve(FILE, asked, '"1"'), async ({ base, asked }) => {
      const home = `${base}/a`;
      const partial = join(folder, "model.tar.gz.partial");
      await Deno.writeFile(partial, FILE);
      const state = { home, etag: '"1"', totalBytes: FILE.length };
      await Deno.writeTextFile(`${partial}.json`, JSON.stringify(state));
      assert.deepEqual((await download([home], folder)).bytes, FILE);
      assert.equal(asked.length, 0);
      for (const text of [undefined, "{", "{}", JSON.stringify({ ...state, totalBytes: 5 })]) {
        await Deno.writeFile(partial, new Uint8Array(1000));
        if (text !== undefined) await Deno.writeTextFile(`${partial}.json`, text);
        assert.deepEqual((await download([home], folder)).bytes, FILE);
        assert.equal(asked.at(-1)?.range, undefined);
      }
    });
  });
});
