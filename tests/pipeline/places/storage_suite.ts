import assert from "node:assert/strict";
import { type Storage, StorageConflict } from "../../../pipeline/places/mod.ts";

async function paths(storage: Storage, under?: string): Promise<string[]> {
  return (await Array.fromAsync(storage.list(under))).map(({ path }) => path).sort();
}

/**
 * What every storage promises, wherever it keeps its files.
 *
 * @param test The test that the suite is part of.
 * @param open Opens a storage that is empty the first time.
 */
export async function storageSuite(
  test: Deno.TestContext,
  open: () => Storage,
): Promise<void> {
  const storage = open();

  await test.step("that it can be written to is tried without a trace", async () => {
    await storage.tryWriting();
    await storage.tryWriting();
    assert.deepEqual(await paths(storage), []);
  });

  await test.step("what was written is read back, and listed with its size and version", async () => {
    const text = "timestamp,raw_score\né,0.5\n";
    await storage.write([{ path: "2021/01/a.json", text: "{}" }, { path: "2021/01/a.csv", text }]);
    const read = await open().read("2021/01/a.csv");
    assert.equal(read?.text, text);
    const listed = await Array.fromAsync(open().list("2021/01/a.csv"));
    const sizeBytes = new TextEncoder().encode(text).length;
    assert.deepEqual(listed, [{ path: "2021/01/a.csv", sizeBytes, version: read.version }]);
  });

  await test.step("a listing takes the paths that begin so, to the letter", async () => {
    for (const path of ["2021/01/ab.csv", "2021/02/a.csv", "2021/01/sub/a.csv", "top é.csv"]) {
      await storage.write([{ path, text: path }]);
    }
    assert.deepEqual(await paths(storage, "2021/01/a"), [
      "2021/01/a.csv",
      "2021/01/a.json",
      "2021/01/ab.csv",
    ]);
    assert.deepEqual(await paths(storage, "2021/01/sub/"), ["2021/01/sub/a.csv"]);
    assert.deepEqual(await paths(storage, "2020/"), []);
    assert.equal((await paths(storage)).length, 6);
  });

  await test.step("a file that is not there is nothing", async () => {
    assert.equal(await storage.read("2021/01/none.csv"), undefined);
    assert.equal(await storage.read("2021/01/a.csv/none"), undefined);
  });

  await test.step("how long ago a file was written is told by the place's own clock", async () => {
    assert.equal(await storage.ageMs("2021/01/none.csv"), undefined);
    await storage.write([{ path: "2021/01/new.csv", text: "" }]);
    const { now } = Date;
    try {
      Date.now = () => now() + 600_000;
      // A bucket's clock shows whole seconds.
      assert.ok((await storage.ageMs("2021/01/new.csv"))! < 60_000);
      assert.ok((await paths(storage, "2021/01/new")).length === 1);
    } finally {
      Date.now = now;
    }
    await storage.write([{ path: "2021/01/new.csv", text: null }]);
  });

  await test.step("files are replaced, and what is to go is gone", async () => {
    const { version } = (await storage.read("2021/01/a.csv"))!;
    await storage.write([{ path: "2021/01/a.csv", text: "new", replaces: version }]);
    const read = await storage.read("2021/01/a.csv");
    assert.equal(read?.text, "new");
    assert.notEqual(read.version, version);
    await storage.write([
      { path: "2021/01/a.json", text: "no scores" },
      { path: "2021/01/a.csv", text: null },
      { path: "2021/01/never.csv", text: null },
    ]);
    assert.equal(await storage.read("2021/01/a.csv"), undefined);
    assert.equal((await storage.read("2021/01/a.json"))?.text, "no scores");
  });

  await test.step("of two first writers the second is told", async () => {
    await storage.write([{ path: "first", text: "one", replaces: null }]);
    const second = open().write([{ path: "first", text: "two", replaces: null }]);
    await assert.rejects(second, (error) => {
      return error instanceof StorageConflict && error.path === "first";
    });
    assert.equal((await storage.read("first"))?.text, "one");
  });

  await test.step("of many writers at once exactly one writes", async () => {
    const writers = Array.from(
      { length: 8 },
      (_, i) => open().write([{ path: "race", text: `${i}`, replaces: null }]),
    );
    const ends = await Promise.allSettled(writers);
    const written = ends.flatMap(({ status }, i) => status === "fulfilled" ? [i] : []);
    assert.equal(written.length, 1);
    assert.equal((await storage.read("race"))?.text, `${written[0]}`);
  });

  await test.step("two writers of the same text agree", async () => {
    await storage.write([{ path: "same", text: "same", replaces: null }]);
    await open().write([{ path: "same", text: "same", replaces: null }]);
  });

  await test.step("who replaces a version that is no longer there is told", async () => {
    const { version } = (await storage.read("first"))!;
    await storage.write([{ path: "first", text: "three", replaces: version }]);
    const late = storage.write([{ path: "first", text: "four", replaces: version }]);
    await assert.rejects(late, StorageConflict);
    const gone = storage.write([{ path: "gone", text: "five", replaces: version }]);
    await assert.rejects(gone, StorageConflict);
    assert.equal(await storage.read("gone"), undefined);
  });

  await test.step("what another wrote meanwhile is neither replaced nor removed", async () => {
    await storage.write([{ path: "mine", text: "one", replaces: null }]);
    const { version } = (await storage.read("mine"))!;
    await storage.write([{ path: "mine", text: "another's", replaces: version }]);
    for (const replaces of [null, version]) {
      const removal = storage.write([{ path: "mine", text: null, replaces }]);
      await assert.rejects(removal, StorageConflict);
    }
    assert.equal((await storage.read("mine"))?.text, "another's");
    const { version: latest } = (await storage.read("mine"))!;
    await storage.write([{ path: "mine", text: null, replaces: latest }]);
    assert.equal(await storage.read("mine"), undefined);
    await storage.write([{ path: "mine", text: null, replaces: latest }]);
  });
}
