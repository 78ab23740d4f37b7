import { dirname, join, sep } from "node:path";
import { MegapteraError } from "./errors.ts";

/**
 * All files in a folder and below, in no particular order.
 *
 * @param folder The folder.
 * @param options Whether links are followed, to files and to folders, but for hidden ones; they are
 * passed over by default.
 * @returns Their paths, one at a time.
 * @throws {MegapteraError} `data` where a link leads nowhere, or back.
 * @throws {Error} What the system says of a folder that can't be read.
 */
export async function* walkFiles(
  folder: string,
  options: { followLinks?: boolean } = {},
): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    // Editors leave hidden links that lead nowhere beside what they have open.
    const follows = options.followLinks && entry.isSymlink && !entry.name.startsWith(".");
    const { isDirectory, isFile } = follows ? await linked(path) : entry;
    if (isDirectory) yield* walkFiles(path, options);
    else if (isFile) yield path;
  }
}

/** What a link leads to. */
async function linked(path: string): Promise<Deno.FileInfo> {
  try {
    const [there, here] = await Promise.all([Deno.realPath(path), Deno.realPath(dirname(path))]);
    if ((here + sep).startsWith(there + sep)) {
      throw new Error("it leads to a folder that it lies in");
    }
    return await Deno.stat(path);
  } catch (cause) {
    const reason = (cause as Error).message.replace(/\.$/, "");
    throw new MegapteraError(
      "data",
      `Cannot follow the link ${path}: ${reason}; mend it, or take it away.`,
      { cause },
    );
  }
}
