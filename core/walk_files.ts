import { join } from "node:path";

/** Limits of a walk through a folder. */
export interface WalkOptions {
  /** Tells by its own name whether a file or folder is looked at; all are by default. */
  isWanted?: (name: string) => boolean;
  /** Hears of a link that leads nowhere; without it such a link counts as a file. */
  onLostLink?: (path: string) => void;
}

/**
 * Walks through the files in a folder and below, in no particular order. Links to files are files;
 * links to folders are followed, each folder once, so that links in a circle end.
 *
 * @param folder The folder.
 * @param options What is looked at.
 * @returns Their paths, one at a time.
 * @throws {Error} What the system says of a folder that can't be read.
 */
export async function* walkFiles(
  folder: string,
  options: WalkOptions = {},
): AsyncGenerator<string> {
  const seen = new Set<string>();
  // Links after all else and sorted, so that a folder goes by its own name, or always by one.
  const links = [folder];
  while (links.length > 0) yield* walk(links.sort().shift()!, options, seen, links);
}

async function* walk(
  folder: string,
  options: WalkOptions,
  seen: Set<string>,
  links: string[],
): AsyncGenerator<string> {
  const { isWanted, onLostLink } = options;
  const real = await Deno.realPath(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for await (const { name, isDirectory, isFile, isSymlink } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isWanted && !isWanted(name)) continue;
    if (isDirectory) yield* walk(path, options, seen, links);
    else if (isFile) yield path;
    else if (isSymlink) {
      const target = await Deno.stat(path).catch(() => undefined);
      if (target === undefined && onLostLink) onLostLink(path);
      else if (target === undefined || target.isFile) yield path;
      else if (target.isDirectory) links.push(path);
    }
  }
}
