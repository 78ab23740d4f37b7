import assert from "node:assert/strict";
import { join } from "node:path";
import { readSavedModel } from "../../../../pipeline/detector/mod.ts";
import { unpackSavedModel } from "../../../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { namesIn, withFolder } from "../../../helpers/temporary_folder.ts";
import { rejectsWith } from "./rejects_with.ts";
import { smallHumpback } from "./small_humpback.ts";
import { FILES, MODEL, text, unpack, unpackEntries } from "./unpack_test_archive.ts";
import { checkpointFiles } from "./write_checkpoint.ts";
import { gzip, writeTar, writeTarGz } from "./write_tar_gz.ts";

Deno.test("an archive is unpacked byte for byte, and read as its folder is", () =>
  withFolder(async (folder) => {
    const path = join(folder, "model.tar.gz");
    await Deno.writeFile(path, await writeTarGz(MODEL));
    await unpackSavedModel(path, join(folder, "a", "model"));
    for (const { name, bytes } of FILES) {
      assert.deepEqual(
        new Uint8Array(await Deno.readFile(join(folder, "a", "model", name))),
        bytes,
      );
    }
    assert.deepEqual(await namesIn(join(folder, "a")), ["model"]);
    assert.deepEqual(await readSavedModel(path), await readSavedModel(join(folder, "a", "model")));
  }));

Deno.test("an archive whose files would add up to too much is stopped before they do", () =>
  rejectsWith(
    unpackEntries(
      { name: "saved_model.pb", bytes: text("graph") },
      { name: "variables/variables.data-00000-of-00002", size: 2 ** 29 - 1024 },
    ),
    /too large: more than 536870912 bytes at its entry "variables\/variables\.data-00000-of-00002"/,
  ));

Deno.test("an archive that is cut anywhere, or damaged, leaves nothing behind", async () => {
  const tar = writeTar(MODEL);
  const archive = await gzip(tar);
  for (const length of [20, 600, archive.length >> 1, archive.length - 1]) {
    await rejectsWith(unpack(archive.slice(0, length)), /cut|neither/);
  }
  await rejectsWith(
    unpack(await gzip(tar.slice(0, 5000))),
    /it is cut: its entry "\.\/variables\//,
  );
  await rejectsWith(
    unpack(await gzip(tar.slice(0, -1024))),
    /it is cut: the archive has no end mark/,
  );
  const flipped = Uint8Array.from(archive);
  flipped[flipped.length - 6] ^= 1; // in gzip's own checksum
  await rejectsWith(unpack(flipped), /its gzip is damaged or cut/);
  await rejectsWith(
    unpack(await gzip(Uint8Array.from([...tar, 1]))),
    /goes on after the archive's end/,
  );
});

Deno.test("an archive of something else, a text and an empty file say so", async () => {
  await rejectsWith(
    unpack(text("<!doctype html>")),
    /neither a SavedModel's folder nor a \.tar\.gz .*\.onnx file/,
  );
  await rejectsWith(unpack(new Uint8Array(0)), /neither a SavedModel's folder nor/);
  await rejectsWith(
    unpack(await writeTarGz(MODEL.slice(0, 2))),
    /no saved_model\.pb in it/,
  );
});

Deno.test("a target that is there already is left as it is", () =>
  withFolder(async (folder) => {
    const path = join(folder, "model.tar.gz");
    await Deno.writeFile(path, await writeTarGz(MODEL));
    await Deno.writeTextFile(join(folder, "model"), "mine");
    await rejectsWith(unpackSavedModel(path, join(folder, "model")), /something is there/, "usage");
    assert.equal(await Deno.readTextFile(join(folder, "model")), "mine");
    assert.deepEqual(await namesIn(folder), ["model", "model.tar.gz"]);
  }));

Deno.test("a fault in an unpacked model names the archive and leaves no temporary folder", () =>
  withFolder(async (folder) => {
    const path = join(folder, "model.tar.gz");
    const entries = [...checkpointFiles(smallHumpback().slice(1))];
    const archive = await writeTarGz(entries.map(([name, bytes]) => ({ name, bytes })));
    await Deno.writeFile(path, archive);
    const makeTempDir = Deno.makeTempDir;
    const made: string[] = [];
    Deno.makeTempDir = async (options): Promise<string> => {
      made.push(await makeTempDir(options));
      return made.at(-1)!;
    };
    try {
      await rejectsWith(
        readSavedModel(path),
        /model\.tar\.gz as it is not .* pcen\/alpha is missing/,
      );
    } finally {
      Deno.makeTempDir = makeTempDir;
    }
    assert(made.length > 0);
    for (const name of made) await assert.rejects(Deno.lstat(name), Deno.errors.NotFound);
  }));
