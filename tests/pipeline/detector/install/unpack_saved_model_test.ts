import assert from "node:assert/strict";
import { join } from "node:path";
import { MegapteraError } from "../../../../pipeline/errors.ts";
import { unpackSavedModel } from "../../../../pipeline/detector/install/unpack_saved_model.ts";
import { filesBelow, withFolder } from "./temporary_folder.ts";
import { gzip, sealHeader, writeTar, writeTarGz } from "./write_tar_gz.ts";
import type { TarGzEntry } from "./write_tar_gz.ts";

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const MODEL: readonly TarGzEntry[] = [
  { name: "./", type: "5" },
  { name: "./saved_model.pb", bytes: text("graph") },
  { name: "variables/", type: "5" },
  { name: "variables/variables.index", bytes: text("index") },
  {
    name: "variables/variables.data-00000-of-00001",
    bytes: crypto.getRandomValues(new Uint8Array(60_001)),
  },
];

/** Unpacks these bytes and checks that what is left is a whole model or nothing at all. */
async function unpacked(archive: Uint8Array): Promise<string[]> {
  let names: string[] = [];
  await withFolder(async (folder) => {
    await Deno.writeFile(join(folder, "model.tar.gz"), archive);
    try {
      await unpackSavedModel(join(folder, "model.tar.gz"), join(folder, "cache", "model"));
      names = await filesBelow(join(folder, "cache", "model"));
      assert.equal((await Array.fromAsync(Deno.readDir(join(folder, "cache")))).length, 1);
    } catch (error) {
      assert.deepEqual(await filesBelow(folder), ["model.tar.gz"], "nothing is left behind");
      throw error;
    }
  });
  return names;
}

async function refused(archive: Uint8Array, words: RegExp): Promise<void> {
  await assert.rejects(unpacked(archive), (error) => {
    assert(error instanceof MegapteraError && error.kind === "data", String(error));
    assert.match(error.message, /^Cannot unpack model\.tar\.gz as [^\n]*[^.]\.$/);
    assert.match(error.message, words);
    return true;
  });
}

Deno.test("a SavedModel is unpacked byte for byte", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(join(folder, "a.tar.gz"), await writeTarGz(MODEL));
    await unpackSavedModel(join(folder, "a.tar.gz"), join(folder, "model"));
    for (const { name, type, bytes } of MODEL) {
      if (type !== "5") {
        assert.deepEqual(new Uint8Array(await Deno.readFile(join(folder, "model", name))), bytes);
      }
    }
  });
});

Deno.test("only known names are written: assets and other files are skipped", async () => {
  const others = ["assets/a.txt", "._saved_model.pb", "variables/other", "x/saved_model.pb"];
  const archive = await writeTarGz([
    { name: "pax", type: "g", bytes: text("18 comment=a note\n") },
    ...others.map((name) => ({ name, bytes: text("skipped") })),
    { name: "pax", type: "x", bytes: text("20 mtime=1700000000\n") },
    ...MODEL,
  ]);
  assert.deepEqual(await unpacked(archive), [
    "saved_model.pb",
    "variables/variables.data-00000-of-00001",
    "variables/variables.index",
  ]);
});

const BAD_ENTRIES: readonly (readonly [TarGzEntry, RegExp])[] = [
  [{ name: "../saved_model.pb" }, /"\.\.\/saved_model\.pb" leads out/],
  [{ name: "variables/../../x" }, /leads out/],
  [{ name: "./.." }, /leads out/],
  [{ name: "../", type: "5" }, /leads out/],
  [{ name: "/etc/passwd" }, /"\/etc\/passwd" has an absolute name/],
  [{ name: ".//etc/passwd" }, /absolute/],
  [{ name: "C:/x" }, /absolute/],
  [{ name: "..\\saved_model.pb" }, /odd characters/],
  [{ name: "a\x1b[2Jb" }, /"a\?\[2Jb" has a name with odd characters/],
  [{ name: "variables//variables.index" }, /empty part/],
  [{ name: "" }, /empty part/],
  [{ name: "saved_model.pb", type: "2", linkName: "/etc/passwd" }, /is a symbolic link/],
  [{ name: "variables", type: "2", linkName: "/tmp" }, /"variables" is a symbolic link/],
  [{ name: "saved_model.pb", type: "1", linkName: "x" }, /is a hard link/],
  [{ name: "device", type: "3" }, /is a character device/],
  [{ name: "device", type: "4" }, /is a block device/],
  [{ name: "pipe", type: "6" }, /is a named pipe/],
  [{ name: "odd", type: "V" }, /is a thing of type "V"/],
  [{ name: "folder", type: "5", bytes: text("body") }, /has a body of 4 bytes/],
  [{ name: "@LongLink", type: "L", bytes: text("saved_model.pb") }, /over 100 bytes/],
  [{ name: "@LongLink", type: "K", bytes: text("x") }, /over 100 bytes/],
  [{ name: "p", type: "x", bytes: text("23 path=saved_model.pb\n") }, /sets path to "saved_model/],
  [{ name: "p", type: "g", bytes: text("10 size=1\n") }, /sets size/],
  [{ name: "p", type: "x", bytes: text("99 mtime=1\n") }, /pax header in it can't be read/],
  [{ name: "p", type: "x", bytes: text("x") }, /pax header in it can't be read/],
  [{ name: "p", type: "x", bytes: new Uint8Array(70_000) }, /too large: 70000 bytes/],
];

for (const [entry, words] of BAD_ENTRIES) {
  const { name, type = "0" } = entry;
  Deno.test(`an entry ${JSON.stringify(name)} of type ${type} (${words}) is refused`, async () => {
    await refused(await writeTarGz([...MODEL, entry]), words);
  });
}

Deno.test("an entry that is there twice is refused", async () => {
  const again = { name: "saved_model.pb", bytes: text("another") };
  await refused(await writeTarGz([...MODEL, again]), /"saved_model\.pb" is there twice/);
});

Deno.test("sizes beyond reason are refused before anything is read", async () => {
  for (
    const [name, sizeBytes] of [["saved_model.pb", 2 ** 26], [
      "variables/variables.index",
      2 ** 24,
    ]] as const
  ) {
    const tar = writeTar([{ name }]);
    tar.set(text((sizeBytes + 1).toString(8).padStart(11, "0")), 124);
    sealHeader(tar);
    await refused(
      await gzip(tar),
      new RegExp(`has ${sizeBytes + 1} bytes, more than ${sizeBytes}`),
    );
  }
});

Deno.test("a size that is not octal is refused", async () => {
  const tar = writeTar([{ name: "saved_model.pb" }]);
  tar[124] = 0x80;
  sealHeader(tar);
  await refused(await gzip(tar), /size of its entry "saved_model\.pb" is not an octal number/);
});

Deno.test("a model below a folder is refused, and the folder is named", async () => {
  const below = MODEL.slice(1).map((entry) => ({
    ...entry,
    name: `humpback/${entry.name.replace("./", "")}`,
  }));
  await refused(await writeTarGz(below), /variables\/variables\.index: .*"humpback"/);
  await refused(await writeTarGz([{ name: "a.txt", bytes: text("a") }]), /is not a SavedModel/);
});

Deno.test("a flipped bit in a header or in the compressed data is found", async () => {
  const tar = writeTar(MODEL);
  tar[512 + 3] ^= 1;
  await refused(await gzip(tar), /checksum of a header does not match/);
  const archive = await writeTarGz(MODEL);
  archive[30_000] ^= 1;
  await refused(archive, /damaged or cut short/);
});

Deno.test("an archive cut short anywhere is refused", async () => {
  const archive = await writeTarGz(MODEL);
  for (const length of [2, 10, 11, 100, 30_000, archive.length - 8, archive.length - 1]) {
    await refused(archive.slice(0, length), /damaged or cut short/);
  }
  const tar = writeTar(MODEL);
  for (const length of [0, 100, 512, 1030, tar.length - 1024, tar.length - 1500]) {
    await refused(await gzip(tar.slice(0, length)), /cut short/);
  }
});

Deno.test("what is no .tar.gz is refused by its first bytes", async () => {
  await refused(new Uint8Array(), /not a \.tar\.gz \(it is empty\)/);
  await refused(text("PK\x03\x04 zip"), /its first bytes are 50 4b/);
  await refused(writeTar(MODEL), /not a \.tar\.gz/);
  await refused(await gzip(new Uint8Array(text("words ".repeat(200)))), /not a tar archive/);
});

Deno.test("a bomb is stopped at the bound", async () => {
  // 600 MiB of zeros in an entry that is skipped.
  const tar = writeTar([{ name: "assets/zeros" }]).slice(0, 512);
  tar.set(text((600 * 2 ** 20).toString(8).padStart(11, "0")), 124);
  sealHeader(tar);
  let left = 600;
  const zeros = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(tar),
    pull: (controller) =>
      left-- > 0 ? controller.enqueue(new Uint8Array(2 ** 20)) : controller.close(),
  });
  const bomb = await new Response(zeros.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  await refused(new Uint8Array(bomb), /unpacks to more than 512 MiB/);
});

Deno.test("what is in the target's place is never touched", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(join(folder, "model.tar.gz"), await writeTarGz(MODEL));
    await Deno.mkdir(join(folder, "mine"));
    await Deno.writeTextFile(join(folder, "mine", "thesis.txt"), "years of work");
    const attempt = unpackSavedModel(join(folder, "model.tar.gz"), join(folder, "mine"));
    await assert.rejects(attempt, /mine is there already: remove it or name another folder\.$/);
    assert.deepEqual(await filesBelow(folder), ["mine/thesis.txt", "model.tar.gz"]);
  });
});

Deno.test("an archive that is not there is named", async () => {
  await withFolder(async (folder) => {
    const attempt = unpackSavedModel(join(folder, "none.tar.gz"), join(folder, "model"));
    await assert.rejects(attempt, {
      name: "MegapteraError",
      kind: "data",
      message: /none\.tar\.gz/,
    });
  });
});
