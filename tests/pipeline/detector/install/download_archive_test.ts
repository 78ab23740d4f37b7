import assert from "node:assert/strict";
import { join } from "node:path";
import { downloadArchive } from "../../../../pipeline/detector/install/download_archive.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { download, FILE, from } from "./download_from.ts";
import { type Answer, type AskedFor, serve, withHome } from "./faulty_home.ts";

const ANSWERS_404 = (): Answer => ({ status: 404, headers: { "content-length": 0 } });
const PAGE: Answer = {
  status: 200,
  headers: { "content-type": "text/html", "content-length": 6 },
  body: new TextEncoder().encode("<html>"),
};

Deno.test("an archive comes whole, past redirects, and progress is told", async () => {
  const redirect = (): Answer => ({
    status: 302,
    headers: { location: "/elsewhere", "content-length": 0 },
  });
  await from([redirect, (asked) => serve(FILE, asked, '"1"')], (result, asked) => {
    assert.deepEqual(result.bytes, FILE);
    assert.deepEqual(asked.map(({ path }) => path), ["/a.tar.gz", "/elsewhere"]);
    assert.deepEqual(result.files, ["model.tar.gz"]);
    const { home } = result;
    const last = { home, receivedBytes: FILE.length, totalBytes: FILE.length };
    assert.deepEqual(result.progress.at(-1), last);
    assert(
      result.progress.every((one, i, all) => one.receivedBytes > (all[i - 1]?.receivedBytes ?? 0)),
    );
  });
});

Deno.test("404 and pages lead to the next home at once", async () => {
  await withFolder(async (folder) => {
    const answer = ({ path }: AskedFor): Answer =>
      path === "/good"
        ? serve(FILE, { path, range: undefined, ifRange: undefined }, '"1"')
        : path === "/page"
        ? PAGE
        : ANSWERS_404();
    await withHome(answer, async ({ base, asked }) => {
      const homes = ["/none", "/page", "/good"].map((path) => base + path);
      const result = await download(homes, folder);
      assert.deepEqual(result.bytes, FILE);
      assert.equal(result.home, homes[2]);
      assert.deepEqual(asked.map(({ path }) => path), ["/none", "/page", "/good"]);
      assert.deepEqual(result.waits, []);
    });
  });
});

Deno.test("where no home answers, one sentence says what each said and the way by hand", async () => {
  await withFolder(async (folder) => {
    const answer = ({ path }: AskedFor): Answer =>
      path === "/page"
        ? PAGE
        : path === "/busy"
        ? { status: 503, headers: { "content-length": 0 } }
        : ANSWERS_404();
    await withHome(answer, async ({ base, asked }) => {
      const homes = ["/none", "/page", "/busy"].map((path) => base + path);
      const { error, waits, files } = await download(homes, folder);
      const host = new URL(base).host;
      assert.equal(error?.kind, "retry");
      assert.equal(
        error?.message,
        `Cannot download the detector as none of its homes gave it: ${host} answered 404 Not Found; ` +
          `${host} sent something that is not a .tar.gz (text/html); ${host} answered 503 Service Unavailable: ` +
          "try again later, or download google/humpback-whale from Kaggle in a browser, then run " +
          "`megaptera model install --from FILE`.",
      );
      assert.equal(asked.length, 2 + 5);
      assert.deepEqual(waits, [500, 1000, 2000, 4000]);
      assert.deepEqual(files, []);
    });
    const nowhere = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    nowhere.close();
    const { error } = await download([`http://127.0.0.1:${nowhere.addr.port}/`], folder);
    assert.match(error?.message ?? "", /could not be reached \(.*refused.*\): try again/);
  });
});

Deno.test("a file beyond reason is refused before it is read", async () => {
  const huge = { status: 200, headers: { "content-length": 2 ** 30 + 1 }, body: FILE };
  await from([() => huge], ({ error, files }, asked) => {
    assert.match(error?.message ?? "", /has a file of 1073741825 bytes/);
    assert.equal(asked.length, 1);
    assert.deepEqual(files, []);
  });
});

Deno.test("a stop keeps what came", async () => {
  await withFolder(async (folder) => {
    const answer = (asked: AskedFor): Answer => ({
      ...serve(FILE, asked, '"1"', 150_000),
      stalls: true,
    });
    await withHome(answer, async ({ base }) => {
      const stop = new AbortController();
      const attempt = downloadArchive({
        homes: [`${base}/a`],
        target: join(folder, "model.tar.gz"),
        onProgress: ({ receivedBytes }) => receivedBytes === 150_000 && stop.abort("stopped"),
        signal: stop.signal,
      });
      await assert.rejects(attempt, (reason) => reason === "stopped");
      assert.deepEqual(
        new Uint8Array(await Deno.readFile(join(folder, "model.tar.gz.partial"))),
        FILE.subarray(0, 150_000),
      );
    });
  });
});

Deno.test("a folder that can't be written is not a home's fault", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "");
    await withHome((asked) => serve(FILE, asked, '"1"'), async ({ base, asked }) => {
      const target = join(folder, "file", "model.tar.gz");
      const attempt = downloadArchive({ homes: [base, base], target, onProgress: () => {} });
      await assert.rejects(attempt, { message: /^Cannot save the download as model\.tar\.gz as / });
      assert(asked.length <= 1);
    });
  });
});
