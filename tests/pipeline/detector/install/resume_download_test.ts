import assert from "node:assert/strict";
import { PartialFile } from "../../../../pipeline/detector/install/partial_file.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { FILE, from, made } from "./download_from.ts";
import { type Answer, type AskedFor, serve } from "./faulty_home.ts";

Deno.test("what is cut off is gone on from at the exact byte", async () => {
  await from([
    (asked) => serve(FILE, asked, '"1"', 120_001),
    (asked) => serve(FILE, asked, '"1"', 77),
    (asked) => serve(FILE, asked, '"1"'),
  ], (result, asked) => {
    assert.deepEqual(result.bytes, FILE);
    assert.deepEqual(asked.map(({ range, ifRange }) => [range, ifRange]), [
      [undefined, undefined],
      ["bytes=120001-", '"1"'],
      ["bytes=120078-", '"1"'],
    ]);
    assert.deepEqual(result.waits, [500, 1000]);
    assert.deepEqual(result.files, ["model.tar.gz"]);
  });
});

Deno.test("another version between tries starts over, and nothing is mixed", async () => {
  const second = made(2, 290_000);
  await from([
    (asked) => serve(FILE, asked, '"1"', 120_000),
    (asked) => serve(second, asked, '"2"', 50_000),
    (asked) => serve(second, asked, '"2"'),
  ], (result, asked) => {
    assert.deepEqual(result.bytes, second);
    assert.deepEqual(asked.map(({ range }) => range), [undefined, "bytes=120000-", "bytes=50000-"]);
  });
});

Deno.test("a home without ranges is started over, also without a strong version", async () => {
  const whole = (etag: string, cutAfter: number) => (): Answer => ({
    ...serve(FILE, { path: "", range: undefined, ifRange: undefined }, etag, cutAfter),
  });
  await from([whole('"1"', 99_000), whole('"1"', Infinity)], (result, asked) => {
    assert.deepEqual(result.bytes, FILE);
    assert.equal(asked[1].range, "bytes=99000-");
  });
  await from([whole('W/"1"', 99_000), whole('W/"1"', Infinity)], (result, asked) => {
    assert.deepEqual(result.bytes, FILE);
    assert.equal(asked[1].range, undefined);
  });
});

const CUT_AT = 100_000;
const MISFITS: Readonly<Record<string, Record<string, string | number>>> = {
  "from another byte": { "content-range": "bytes 99999-299999/300000" },
  "of another size": { "content-range": "bytes 100000-299999/300001" },
  "of unknown size": { "content-range": "bytes 100000-299999/*" },
  "that ends early": { "content-range": "bytes 100000-199999/300000", "content-length": 100_000 },
  "shorter than it says": { "content-length": 100_000 },
  "of another version": { etag: '"2"' },
  "without its place": { "content-range": "" },
};
for (const [what, headers] of Object.entries(MISFITS)) {
  Deno.test(`a part ${what} is refused, and all is asked for again`, async () => {
    const wrong = (asked: AskedFor): Answer => {
      const right = serve(FILE, asked, '"1"');
      return { ...right, headers: { ...right.headers, ...headers }, body: new Uint8Array(200_000) };
    };
    await from([
      (asked) => serve(FILE, asked, '"1"', CUT_AT),
      wrong,
      (asked) => serve(FILE, asked, '"1"'),
    ], (result, asked) => {
      assert.deepEqual(asked.map(({ range }) => range), [undefined, "bytes=100000-", undefined]);
      assert.deepEqual(result.bytes, FILE);
    });
  });
}

Deno.test("a 206 whose body ends early without an error is gone on from", async () => {
  // Without a length the end of the connection is the end of the body: no error is seen.
  await from([
    (asked) => serve(FILE, asked, '"1"', CUT_AT),
    (asked) => {
      const { status, headers = {}, body } = serve(FILE, asked, '"1"', 50_000);
      return {
        status,
        headers: { etag: headers.etag, "content-range": headers["content-range"] },
        ...body && { body },
      };
    },
    (asked) => serve(FILE, asked, '"1"'),
  ], (result, asked) => {
    assert.equal(asked[2].range, "bytes=150000-");
    assert.deepEqual(result.bytes, FILE);
  });
});

Deno.test("a home that falls silent is left after a while and asked for the rest", async () => {
  await from([
    (asked) => ({ ...serve(FILE, asked, '"1"', 200_000), stalls: true }),
    (asked) => serve(FILE, asked, '"1"'),
  ], (result, asked) => {
    assert.equal(asked[1].range, "bytes=200000-");
    assert.deepEqual(result.bytes, FILE);
  }, 300);
});

Deno.test("a slow home is not taken for a silent one", async () => {
  // Ten pauses outlast the wait, and one may be six times as long before it does.
  await from([(asked) => ({ ...serve(FILE, asked, '"1"'), pauseMs: 400 })], (result, asked) => {
    assert.equal(asked.length, 1);
    assert.deepEqual(result.bytes, FILE);
  }, 2500);
});

Deno.test("tries are counted where a home gets no further, not where it does", async () => {
  const file = made(3, 9 * 2 ** 20);
  await from([(asked) => serve(file, asked, '"1"', 2 ** 20)], ({ bytes }, asked) => {
    assert.deepEqual(bytes, file);
    assert.equal(asked.length, 9);
  });
  let count = 0;
  await from([(asked) => serve(file, asked, `"${count++}"`, 2 ** 20)], ({ error }, asked) => {
    assert.match(error?.message ?? "", /broke off after 1048576 bytes/);
    assert.equal(asked.length, 5);
  });
});

Deno.test("two that download to one place don't write over each other's bytes", () =>
  withFolder(async (folder) => {
    const target = `${folder}/model.tar.gz`;
    const [first, second] = [new PartialFile(target), new PartialFile(target)];
    const state = { home: "https://home", etag: '"1"', totalBytes: 3 };
    const file = await first.begin(state);
    await file.write(Uint8Array.of(1, 2));
    const words = /Cannot download .* as another process is doing so/;
    await assert.rejects(second.begin(state), { kind: "retry", message: words });
    await assert.rejects(second.goOn(2), { kind: "retry", message: words });
    assert.equal((await second.read())?.receivedBytes, 2);
    file.close();
    using rest = await second.goOn(2);
    await rest.write(Uint8Array.of(3));
    await second.finish();
    assert.deepEqual(await Deno.readFile(target), Uint8Array.of(1, 2, 3));
  }));
