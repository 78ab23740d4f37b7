import { basename, dirname, join } from "node:path";
import { type FileSystem, REAL_FILES } from "./file_system.ts";

const ENDING = ".partial";

/** A file that is written and synced under a temporary name, and not there yet. */
export interface PreparedFile {
  /** Puts it in its place, in one step. */
  commit(): Promise<void>;
  /** Likewise, where nothing lies there yet; says whether it did. */
  commitFirst(): Promise<boolean>;
  /** Lets go of it; what was not committed is removed. */
  close(): Promise<void>;
}

/**
 * Writes a file that appears whole or not at all: under a temporary name in the same folder, synced,
 * then renamed. The temporary file is locked while its writer lives, so that a later writer can tell
 * what a killed one left behind, and remove it.
 *
 * @param path Where the file is to be; its folder is made.
 * @param text What it is to hold.
 * @param system What it is written by.
 * @returns The file, to be committed and closed.
 */
export async function prepareFile(
  path: string,
  text: string,
  system: FileSystem = REAL_FILES,
): Promise<PreparedFile> {
  await system.mkdir(dirname(path), { recursive: true });
  const { file, temporary } = await openTemporary(path, system);
  let committed = false;
  const prepared: PreparedFile = {
    commit: async () => {
      await system.rename(temporary, path);
      committed = true;
      await syncFolder(dirname(path), system);
    },
    commitFirst: async () => {
      const isFirst = await linkFirst(temporary, path, system);
      if (isFirst) await syncFolder(dirname(path), system);
      return isFirst;
    },
    close: async () => {
      if (!committed) await system.remove(temporary).catch(() => {});
      file.close();
    },
  };
  try {
    const bytes = new TextEncoder().encode(text);
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    await file.sync();
  } catch (error) {
    await prepared.close();
    throw error;
  }
  return prepared;
}

/** A rename would replace what lies there, a second name does not. */
async function linkFirst(from: string, to: string, system: FileSystem): Promise<boolean> {
  try {
    await system.link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    // Some disks (FAT, SMB) know no second names: there of two at once the last one wins.
    const isThere = await system.stat(to).then(() => true, () => false);
    if (!isThere) await system.rename(from, to);
    return !isThere;
  }
}

/**
 * Makes a folder and tries whether files can be made in it; nothing is left behind.
 *
 * @param folder The folder.
 * @param system What it is tried by.
 */
export async function tryWriting(folder: string, system: FileSystem = REAL_FILES): Promise<void> {
  await system.mkdir(folder, { recursive: true });
  const { file, temporary } = await openTemporary(join(folder, "probe"), system);
  file.close();
  await system.remove(temporary);
}

/**
 * Tells a file that is not there yet from one that is.
 *
 * @param path Its path or name.
 */
export function isTemporary(path: string): boolean {
  const name = basename(path);
  return name.startsWith(".") && name.endsWith(ENDING);
}

/** Opens a locked temporary file beside a path. */
export async function openTemporary(
  path: string,
  system: FileSystem = REAL_FILES,
): Promise<{ file: Deno.FsFile; temporary: string }> {
  await removeLeftovers(path, system);
  const name = `.${basename(path)}.${system.randomUUID()}${ENDING}`;
  const temporary = join(dirname(path), name);
  const file = await system.open(temporary, { write: true, createNew: true });
  try {
    await file.lock(true);
  } catch (error) {
    file.close();
    await system.remove(temporary).catch(() => {});
    throw error;
  }
  return { file, temporary };
}

/** Removes what writers of this file that no longer live have left in its folder. */
async function removeLeftovers(path: string, system: FileSystem): Promise<void> {
  const folder = dirname(path);
  const prefix = `.${basename(path)}.`;
  for await (const { name } of system.readDir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(ENDING)) continue;
    const leftover = join(folder, name);
    const file = await system.open(leftover, { read: true, write: true }).catch(() => undefined);
    if (!file) continue;
    const dead = await file.tryLock(true);
    file.close();
    if (dead) await system.remove(leftover).catch(() => {});
  }
}

/** So that the rename itself survives a power cut; not every system can sync a folder. */
export async function syncFolder(
  folder: string,
  system: FileSystem = REAL_FILES,
): Promise<void> {
  try {
    using handle = await system.open(folder);
    await handle.sync();
  } catch {
    // the file itself is synced
  }
}
