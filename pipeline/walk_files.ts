import { join } from "node:path";

/**
 * All files in a folder and below, in no particular order; links are not followed.
 *
 * @param folder The folder.
 * @returns Their paths, one at a time.
 * @throws {Error} What the system says of a folder that can't be read.
 */
export async function* walkFiles(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* walkFiles(path);
    else if (isFile) yield path;
  }
}
