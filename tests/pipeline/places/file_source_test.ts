import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { MegapteraError } from "../../../core/errors.ts";
import { openFileSource } from "../../../pipeline/places/file_source.ts";
import { SourceFault } from "../../../pipeline/places/mod.ts";
import { isRoot } from "../../helpers/is_root.ts";

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "megaptera é #1 " });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function isFault(kind: string, words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert(error instanceof MegapteraError);
    assert.equal(error.kind, kind);
    assert.match(error.message, words);
    assert.match(error.message, /^Cannot read .*\.$/);
    return true;
  };
}

Deno.test("a file source says where it is, how long and of when", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.wav`;
    await Deno.writeFile(path, new Uint8Array(10));
    await Deno.utime(path, 1609459200, new Date("2021-01-01T00:00:00.250Z"));
    const source = await openFileSource(path);
    assert.equal(source.uri, pathToFileURL(path).href);
    assert(!source.uri.includes(" ") && !source.uri.includes("#"));
    assert.equal(source.sizeBytes, 10);
    assert.equal(source.version, "2021-01-01T00:00:00.250Z");
    source.close();
    source.close(); // Twice is no fault.
  }));

Deno.test("reads asked for at the same time each get their own bytes", () =>
  withFolder(async (folder) => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i * 31 >> 3);
    await Deno.writeFile(`${folder}/a`, bytes);
    const source = await openFileSource(`${folder}/a`);
    const offsets = Array.from({ length: 50 }, (_, i) => (i * 7919) % 190_000);
    const parts = await Promise.all(offsets.map((offset) => source.read(offset, 9000)));
    parts.forEach((part, i) => assert.deepEqual(part, bytes.slice(offsets[i], offsets[i] + 9000)));
    source.close();
  }));

Deno.test("a read is cut at the end of the file", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a`, Uint8Array.of(1, 2, 3));
    const source = await openFileSource(`${folder}/a`);
    assert.deepEqual(await source.read(1, 1e15), Uint8Array.of(2, 3));
    assert.equal((await source.read(3, 5)).length, 0);
    assert.equal((await source.read(100, 5)).length, 0);
    assert.throws(() => source.read(-1, 5), RangeError);
    assert.throws(() => source.read(0, 0.5), RangeError);
    source.close();
  }));

Deno.test("a missing file, a path through a file, and a folder are bad data", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a`, new Uint8Array(1));
    await assert.rejects(
      openFileSource(`${folder}/b.wav`),
      isFault("data", /b\.wav as there is no/),
    );
    await assert.rejects(openFileSource(`${folder}/a/b`), isFault("data", /there is no such file/));
    await assert.rejects(openFileSource(folder), isFault("data", /it is a folder/));
  }));

Deno.test({
  name: "a device is refused rather than waited for",
  ignore: Deno.build.os === "windows",
  fn: () => assert.rejects(openFileSource("/dev/null"), isFault("data", /not a regular file/)),
});

Deno.test({
  name: "a file that is not permitted to Deno says what to add",
  permissions: { read: false },
  fn: () => assert.rejects(openFileSource("deno.json"), isFault("denied", /add --allow-read/)),
});

const IS_ROOT = await isRoot();

Deno.test({
  name: `a file that this user may not read is denied${
    IS_ROOT ? " (skipped: root may read all)" : ""
  }`,
  ignore: Deno.build.os === "windows" || IS_ROOT,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/a`;
      await Deno.writeFile(path, new Uint8Array(1), { mode: 0 });
      await assert.rejects(openFileSource(path), isFault("denied", /not permitted/));
    }),
});

Deno.test("a file that became shorter is bad data, and the next read still works", () =>
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a`, new Uint8Array(10));
    const source = await openFileSource(`${folder}/a`);
    await Deno.truncate(`${folder}/a`, 4);
    await assert.rejects(source.read(0, 10), isFault("data", /became shorter.*4 of 10 bytes/));
    assert.equal((await source.read(0, 4)).length, 4);
    source.close();
  }));

Deno.test("a file that is overwritten in place while it is read is found out after the last read", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.wav`;
    await Deno.writeFile(path, new Uint8Array(10));
    await Deno.utime(path, 1609459200, 1609459200);
    const source = await openFileSource(path);
    await source.read(0, 5);
    await source.confirm?.();
    const file = await Deno.open(path, { write: true });
    await file.write(Uint8Array.of(1));
    file.close();
    await source.read(5, 5);
    await assert.rejects(source.confirm!(), (error) => {
      assert(error instanceof SourceFault && error.reason === "changed" && error.kind === "data");
      assert.match(
        error.message,
        /^Cannot use .*a\.wav as it was changed while it was read: .*\.$/,
      );
      return true;
    });
    source.close();
  }));

Deno.test("a file that another took the place of is read to its end as it was", () =>
  withFolder(async (folder) => {
    const path = `${folder}/a.wav`;
    await Deno.writeFile(path, Uint8Array.of(1, 2));
    const source = await openFileSource(path);
    await Deno.writeFile(`${folder}/b.wav`, Uint8Array.of(3, 4, 5));
    await Deno.rename(`${folder}/b.wav`, path);
    assert.deepEqual(await source.read(0, 2), Uint8Array.of(1, 2));
    await source.confirm?.();
    source.close();
  }));

/** The system, where one of its operations on a file fails. */
function failing(at: "stat" | "open" | "read", code: string): Pick<typeof Deno, "open" | "stat"> {
  const fail = (): never => {
    throw Object.assign(new Error(`${code} (os error 5)`), { code });
  };
  return {
    stat: async (path) => at === "stat" ? fail() : await Deno.stat(path),
    open: async (path) => {
      if (at === "open") fail();
      const file = await Deno.open(path);
      if (at === "read") file.read = fail;
      return file;
    },
  };
}

for (const at of ["stat", "open", "read"] as const) {
  const faults = [["EIO", "unreadable"], ["ESTALE", "unreachable"], ["ENXIO", "unreachable"]];
  for (const [code, reason] of faults) {
    Deno.test(`${code} on ${at} makes a recording ${reason}`, () =>
      withFolder(async (folder) => {
        const path = `${folder}/a.wav`;
        await Deno.writeFile(path, new Uint8Array(10));
        const reading = async (): Promise<void> => {
          const source = await openFileSource(path, failing(at, code));
          await source.read(0, 10).finally(() => source.close());
        };
        await assert.rejects(reading, (error) => {
          assert(error instanceof SourceFault && error.reason === reason, String(error));
          const uri = reason === "unreadable" ? pathToFileURL(path).href : undefined;
          assert.equal(error.uri, uri);
          assert.match(error.message, new RegExp(`^Cannot read .*a\\.wav as .*${code}.*\\.$`));
          return true;
        });
      }));
  }
}
