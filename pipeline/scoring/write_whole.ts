import { basename, dirname, join } from "node:path";

const ENDING = ".partial";

/**
 * Writes a file whole or not at all: under a temporary name in the same folder, synced, then
 * renamed. The temporary file is locked while its writer lives, so that a later writer can tell
 * what a killed one left behind, and remove it.
 *
 * @param path Where the file is to be; its folder is made.
 * @param text What it is to hold.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await withTemporary(path, async (file, temporary) => {
    const bytes = new TextEncoder().encode(text);
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    await file.sync();
    await Deno.rename(temporary, path);
  });
  await syncFolder(dirname(path));
}

/**
 * Makes a folder and tries whether files can be made in it; nothing is left behind.
 *
 * @param folder The folder.
 */
export async function tryWriting(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await withTemporary(join(folder, "probe"), (_, temporary) => Deno.remove(temporary));
}

/** Opens a locked temporary file beside a path; it is removed where its use fails. */
async function withTemporary(
  path: string,
  use: (file: Deno.FsFile, temporary: string) => Promise<void>,
): Promise<void> {
  await removeLeftovers(path);
  const name = `.${basename(path)}.${crypto.randomUUID()}${ENDING}`;
  const temporary = join(dirname(path), name);
  using file = await Deno.open(temporary, { write: true, createNew: true });
  try {
    await file.lock(true);
    await use(file, temporary);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

/** Removes what writers of this file that no longer live have left in its folder. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `.${basename(path)}.`;
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(ENDING)) continue;
    const leftover = join(folder, name);
    const file = await Deno.open(leftover, { read: true, write: true }).catch(() => undefined);
    if (!file) continue;
    const dead = await file.tryLock(true);
    file.close();
    if (dead) await Deno.remove(leftover).catch(() => {});
  }
}

/** So that the rename itself survives a power cut; not every system can sync a folder. */
async function syncFolder(folder: string): Promise<void> {
  try {
    using handle = await Deno.open(folder);
    await handle.sync();
  } catch {
    // the file itself is synced
  }
}
