import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { walkFiles, type WalkOptions } from "../../core/walk_files.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

async function filesOf(folder: string, options?: WalkOptions): Promise<string[]> {
  const files = await Array.fromAsync(walkFiles(folder, options));
  return files.map((path) => relative(folder, path).replaceAll("\\", "/")).sort();
}

Deno.test("links are followed, each folder is looked into once, and loops end", () =>
  withFolder(async (folder) => {
    const tree = join(folder, "tree");
    for (const name of ["a/deep", "z", "../elsewhere"]) {
      await Deno.mkdir(join(tree, name), { recursive: true });
    }
    for (const name of ["tree/z/one.wav", "tree/a/deep/two.wav", "elsewhere/three.wav"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    await Deno.symlink("../../elsewhere", join(tree, "a", "far"));
    await Deno.symlink("z", join(tree, "b")); // before z by its name
    await Deno.symlink(".", join(tree, "loop"));
    await Deno.symlink("../elsewhere/three.wav", join(tree, "linked.wav"));
    await Deno.symlink("nowhere.wav", join(tree, "lost.wav"));
    const all = [
      "a/deep/two.wav",
      "a/far/three.wav",
      "linked.wav",
      "lost.wav",
      "z/one.wav",
    ];
    assert.deepEqual(await filesOf(tree), all);
    await Deno.symlink("..", join(tree, "up"));
    assert.deepEqual(await filesOf(tree), all, "with a link upwards");
    assert.deepEqual(await filesOf(tree, { isWanted: (name) => name !== "a" && name !== "up" }), [
      "linked.wav",
      "lost.wav",
      "z/one.wav",
    ]);
    const lost: string[] = [];
    const found = await filesOf(tree, { onLostLink: (path) => void lost.push(path) });
    assert.deepEqual(lost, [join(tree, "lost.wav")]);
    assert.deepEqual(found, all.filter((name) => name !== "lost.wav"));
  }));
