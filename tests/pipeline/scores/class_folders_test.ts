import assert from "node:assert/strict";
import { relative } from "node:path";
import fc from "fast-check";
import { classFolders } from "../../../pipeline/scores/mod.ts";

Deno.test("one class has the output folder itself", () =>
  assert.deepEqual(classFolders("out", ["../Mn"]), ["out"]));

Deno.test("classes whose names differ in case or marks only have a folder each", () =>
  assert.deepEqual(classFolders("out", ["Orca", "orca", "orca?", "orca/", "orca_2"]), [
    "out/Orca",
    "out/orca_2",
    "out/orca_",
    "out/orca__2",
    "out/orca_2_2",
  ]));

Deno.test("names that a file system would take for something else are made safe", () => {
  const names = ["..", ".git", "", "NUL", "con.txt", "-rf", "a\0b", "Ωκεανός", "x".repeat(300)];
  const folders = classFolders("out", names);
  assert.deepEqual(folders.slice(0, 8), [
    "out/__",
    "out/_git",
    "out/_",
    "out/_NUL",
    "out/_con.txt",
    "out/_rf",
    "out/a_b",
    "out/Ωκεανός",
  ]);
  assert.equal(folders[8].length, "out/".length + 60);
});

Deno.test("whatever classes are called, each has one folder below the output, unlike all others", () => {
  const names = fc.uniqueArray(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 20 });
  fc.assert(fc.property(names, (classNames) => {
    const folders = classFolders("out", classNames).map((folder) => relative("out", folder));
    assert.equal(new Set(folders.map((name) => name.toLowerCase())).size, classNames.length);
    for (const name of folders) assert.match(name, /^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u);
  }));
});
