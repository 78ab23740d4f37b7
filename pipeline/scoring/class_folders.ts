import { join } from "node:path";

/** A name has at most 255 bytes on most file systems, and a letter up to four. */
const MOST_LETTERS = 60;
/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Folders of a detector's score trees: the output folder itself for one class, else one below it a
 * class, named after it. What not every file system takes in a name becomes `_`; names that would
 * be alike to a file system that ignores case get a number.
 *
 * @param folder The output folder.
 * @param classNames The detector's classes.
 * @returns One folder a class, in their order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(classFolders("out", ["Mn"]), ["out"]);
 * assert.deepEqual(classFolders("out", ["killer whale", "a/b", "A?b"]), [
 *   "out/killer_whale",
 *   "out/a_b",
 *   "out/A_b_2",
 * ]);
 * assert.equal(classFolders("s3://bucket/out", ["a", "b"])[1], "s3://bucket/out/b");
 * ```
 */
export function classFolders(folder: string, classNames: readonly string[]): string[] {
  if (classNames.length === 1) return [folder];
  const taken = new Set<string>();
  return classNames.map((className) => {
    const safe = safeName(className);
    let name = safe;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${safe}_${n}`;
    taken.add(name.toLowerCase());
    return folder.includes("://") ? `${folder.replace(/\/+$/, "")}/${name}` : join(folder, name);
  });
}

function safeName(className: string): string {
  const letters = [...className.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}._-]/gu, "_")];
  // Neither hidden, nor an option, nor ending in what Windows drops.
  const name = letters.slice(0, MOST_LETTERS).join("").replace(/^[.-]/, "_").replace(/\.+$/, "_");
  return name === "" || DEVICES.test(name) ? `_${name}` : name;
}
