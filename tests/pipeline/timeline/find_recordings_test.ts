import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../../pipeline/places/mod.ts";
import { catalogueFiles, findRecordings } from "../../../pipeline/timeline/mod.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { fmt, riff } from "../audio/wav_bytes.ts";

const WAV = riff([fmt(), { name: "data", body: new Uint8Array(32_000) }]);

Deno.test("what systems keep beside recordings is none: hidden files, trash, lost+found", () =>
  withFolder(async (folder) => {
    const name = "SITE_20210101_010000.wav";
    for (const inside of ["", ".Trash-1000/files", ".git/annex", "lost+found", "$RECYCLE.BIN"]) {
      await Deno.mkdir(join(folder, inside), { recursive: true });
      await Deno.writeFile(join(folder, inside, name), WAV);
    }
    await Deno.writeTextFile(join(folder, `._${name}`), "Mac OS X");
    assert.deepEqual((await findRecordings([folder])).paths, [join(folder, name)]);
    const listed = await Array.fromAsync(listFiles(folder), ({ uri }) => uri);
    assert.equal(listed.length, 1, listed.join(" "));
  }));

Deno.test("a linked recording is read, and one whose link leads nowhere is missing", () =>
  withFolder(async (folder) => {
    const store = join(folder, "store.bin");
    await Deno.writeFile(store, WAV);
    const audio = join(folder, "audio");
    await Deno.mkdir(audio);
    await Deno.symlink(store, join(audio, "SITE_20210101_010000.wav"));
    await Deno.symlink(join(folder, "gone.bin"), join(audio, "SITE_20210101_010100.wav"));
    const { entries, absent } = await catalogueFiles((await findRecordings([audio])).paths);
    assert.deepEqual(entries.map(({ frames }) => frames), [16_000]);
    assert.deepEqual(absent.map(({ kind }) => kind), ["missing"]);
    assert.equal((await Array.fromAsync(listFiles(audio))).length, 2);
  }));
