import assert from "node:assert/strict";
import { join } from "node:path";
import { unpackSavedModel } from "../../../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { namesIn, withFolder } from "../../../helpers/temporary_folder.ts";
import { smallHumpback } from "./small_humpback.ts";
import { checkpointFiles } from "./write_checkpoint.ts";
import { type TestEntry, writeTarGz } from "./write_tar_gz.ts";

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);
export const FILES = [...checkpointFiles(smallHumpback())].map(([name, bytes]) => ({
  name,
  bytes,
}));
export const MODEL: TestEntry[] = [
  { name: "./", type: "5" },
  { name: "variables/", type: "5" },
  ...FILES.map(({ name, bytes }) => ({ name: `./${name}`, bytes })),
];

/** Unpacks an archive; nothing but the archive may be left where that fails. */
export async function unpack(archive: Uint8Array): Promise<void> {
  await withFolder(async (folder) => {
    const path = join(folder, "model.tar.gz");
    await Deno.writeFile(path, archive);
    try {
      await unpackSavedModel(path, join(folder, "model"));
    } catch (error) {
      assert.deepEqual(await namesIn(folder), ["model.tar.gz"]);
      throw error;
    }
    assert.deepEqual(await namesIn(folder), ["model", "model.tar.gz"]);
  });
}

export const unpackEntries = async (...entries: TestEntry[]): Promise<void> =>
  await unpack(await writeTarGz([...entries, ...MODEL]));
