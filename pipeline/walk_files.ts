import { join } from "node:path";

/**
 * All files in a folder and below, in no particular order. Links to files are files, also those that
 * lead nowhere; links to folders are followed, each folder once.
 *
 * @param folder The folder.
 * @param isWanted Tells by its own name whether a file or folder is looked at; all are by default.
 * @returns Their paths, one at a time.
 * @throws {Error} What the system says of a folder that can't be read.
 */
export async function* walkFiles(
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): AsyncGenerator<string> {
  const seen = new Set<string>();
  // Links after all else and sorted, so that a folder goes by its own name, or always by one.
  const links = [folder];
  while (links.length > 0) yield* walk(links.sort().shift()!, isWanted, seen, links);
}

async function* walk(
  folder: string,
  isWanted: (name: string) => boolean,
  seen: Set<string>,
  links: string[],
): AsyncGenerator<string> {
  const real = await Deno.realPath(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for await (const { name, isDirectory, isFile, isSymlink } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (!isWanted(name)) continue;
    if (isDirectory) yield* walk(path, isWanted, seen, links);
    else if (isFile) yield path;
    else if (isSymlink) {
      const target = await Deno.stat(path).catch(() => undefined);
      if (target === undefined || target.isFile) yield path;
      else if (target.isDirectory) links.push(path);
    }
  }
}
