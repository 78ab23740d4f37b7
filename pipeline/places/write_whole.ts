import { basename, dirname, join } from "node:path";
import { HOUR_MS } from "../../core/mod.ts";

const ENDING = ".partial";
/** Tries to find a temporary name that no sweeper takes away, and to put its file in its place. */
const MOST_TRIES = 5;
/** Nothing is under way for so long: an older temporary file is a dead writer's. */
const OLD_MS = HOUR_MS;
/** On a disk without second names a file is claimed for less than this before it is there. */
const CLAIMED_MS = 5_000;

/** Letters of a file's own name in that of its temporary file. */
const PREFIX_LETTERS = 48;

/** A file that is written and synced under a temporary name, and not there yet. */
export interface PreparedFile {
  /** Puts it in its place in one step, instead of what lies there. */
  commit(): Promise<void>;
  /** Does likewise where nothing lies there yet; tells whether it did. */
  commitFirst(): Promise<boolean>;
  /** Lets go of it; what was not committed is removed. */
  close(): Promise<void>;
}

/** A temporary file, open for writing. */
interface TemporaryFile {
  readonly file: Deno.FsFile;
  /** Path of the file while it is written. */
  readonly temporary: string;
}

/**
 * Writes a file that appears whole or not at all: under a temporary name in the same folder, synced,
 * then put in its place in one step. What lies there is never removed.
 *
 * @param path Where the file is to be; its folder is made.
 * @param content What it is to hold.
 * @param system What it is written by.
 * @returns The file, to be committed and closed.
 */
export async function prepareFile(
  path: string,
  content: string | Uint8Array,
  system: FileSystem = REAL_FILES,
): Promise<PreparedFile> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  let staged: TemporaryFile | undefined = await stage(path, bytes, system);
  const close = async (): Promise<void> => {
    if (staged) await letGo(staged, system);
    staged = undefined;
  };
  const put = async (act: (temporary: string) => Promise<boolean>): Promise<boolean> => {
    for (let left = MOST_TRIES;;) {
      try {
        staged ??= await stage(path, bytes, system);
        const isPut = await act(staged.temporary);
        if (isPut) await syncFolder(dirname(path), system);
        return isPut;
      } catch (error) {
        // Its folder went, or another machine, which sees no locks of this one, swept it away.
        if (!(error instanceof Deno.errors.NotFound) || --left === 0) throw error;
        await close();
      }
    }
  };
  return {
    commit: async () => {
      await put((temporary) => system.rename(temporary, path).then(() => true));
    },
    commitFirst: () => put((temporary) => linkFirst(temporary, path, system)),
    close,
  };
}

/**
 * Writes a file that appears whole or not at all, instead of what lies there.
 *
 * @param path Where the file is to be; its folder is made.
 * @param content What it is to hold.
 * @throws {Error} What the system says where it can't be written; `diskWriteFault` puts it in words.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const file = await prepareFile(path, content);
  await file.commit().finally(() => file.close());
}

/** Writes and syncs a temporary file beside a path. */
async function stage(
  path: string,
  bytes: Uint8Array,
  system: FileSystem,
): Promise<TemporaryFile> {
  await system.mkdir(dirname(path), { recursive: true });
  const opened = await openTemporary(path, system);
  try {
    const { file } = opened;
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
    await file.sync();
    return opened;
  } catch (error) {
    await letGo(opened, system);
    throw error;
  }
}

/** Gives a file a second name, which unlike a rename does not replace what lies there. */
async function linkFirst(from: string, to: string, system: FileSystem): Promise<boolean> {
  try {
    await system.link(from, to);
    return true;
  } catch (error) {
    const { AlreadyExists, NotFound } = Deno.errors;
    if (error instanceof AlreadyExists) return false;
    if (error instanceof NotFound) throw error;
    return await claimFirst(from, to, system);
  }
}

/**
 * Puts a file in its place where nothing lies there, on a disk that knows no second names (FAT, some
 * SMB): an empty file claims the place, and is then replaced in one step.
 */
async function claimFirst(from: string, to: string, system: FileSystem): Promise<boolean> {
  try {
    (await system.open(to, { write: true, createNew: true })).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    const [mine, there] = [await system.stat(from), await system.stat(to)];
    if (there.size > 0 || Number(mine.mtime) - Number(there.mtime) < CLAIMED_MS) return false;
  }
  try {
    await system.rename(from, to);
    return true;
  } catch (error) {
    await system.remove(to).catch(() => {});
    throw error;
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
  await letGo(await openTemporary(join(folder, "probe"), system), system);
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

/**
 * Opens a temporary file beside a path, and removes what writers of the same path that no longer live
 * have left there. It is locked while its writer lives, so that others leave it alone.
 *
 * @param path Where the file is to be; its folder is there.
 * @param system What it is opened by.
 * @returns The file.
 * @throws {Error} What the system says where it can't be opened.
 */
export async function openTemporary(
  path: string,
  system: FileSystem = REAL_FILES,
): Promise<TemporaryFile> {
  // A name has at most 255 bytes on most disks, and a letter up to four.
  const prefix = `.${[...basename(path)].slice(0, PREFIX_LETTERS).join("")}.`;
  for await (const opened of temporariesIn(dirname(path), system, prefix)) {
    // Another sweeper may be quicker.
    const isDead = await tryLock(opened.file) === "locked";
    if (isDead) await system.remove(opened.temporary).catch(() => {});
  }
  for (let left = MOST_TRIES;;) {
    const temporary = join(dirname(path), prefix + system.randomUUID() + ENDING);
    const file = await system.open(temporary, { write: true, createNew: true });
    try {
      // A sweeper may have found it between these two steps.
      const isKept = await tryLock(file) !== "taken" && (await file.stat()).nlink !== 0;
      if (isKept || --left === 0) return { file, temporary };
    } catch (error) {
      await letGo({ file, temporary }, system);
      throw error;
    }
    file.close();
  }
}

/**
 * Removes from a folder the temporary files of writers that no longer live. Where the disk knows no
 * locks, nobody can tell whose they are, and only those that are old are removed.
 *
 * @param folder The folder; it need not be there.
 * @param system What they are removed by.
 */
export async function removeLitter(folder: string, system: FileSystem = REAL_FILES): Promise<void> {
  try {
    for await (const { file, temporary } of temporariesIn(folder, system)) {
      const lock = await tryLock(file);
      const ageMs = async (): Promise<number> =>
        await folderClock(folder, system) - Number((await file.stat()).mtime);
      const isDead = lock === "locked" || lock === "unknown" && await ageMs() > OLD_MS;
      if (isDead) await system.remove(temporary);
    }
  } catch {
    // Litter does no harm, and who can't remove it may be able to write.
  }
}

/**
 * Asks the disk that a folder lies on what time it is: of a shared one the server's clock counts.
 *
 * @param folder The folder, which must be there and writable.
 * @param system What it is asked by.
 * @returns Epoch milliseconds.
 */
export async function folderClock(
  folder: string,
  system: FileSystem = REAL_FILES,
): Promise<number> {
  const probe = await openTemporary(join(folder, "clock"), system);
  const { mtime } = await probe.file.stat().finally(() => letGo(probe, system));
  return Number(mtime);
}

/** Opens the temporary files in a folder one after another; what can't be done to one is passed over. */
async function* temporariesIn(
  folder: string,
  system: FileSystem,
  prefix = ".",
): AsyncGenerator<TemporaryFile> {
  for await (const { name } of system.readDir(folder)) {
    if (!isTemporary(name) || !name.startsWith(prefix)) continue;
    const temporary = join(folder, name);
    const file = await system.open(temporary, { read: true, write: true }).catch(() => undefined);
    if (!file) continue;
    try {
      yield { file, temporary };
    } finally {
      file.close();
    }
  }
}

/** Locks a file: `taken` where another has; `unknown` where the disk knows no locks. */
async function tryLock(file: Deno.FsFile): Promise<"locked" | "taken" | "unknown"> {
  try {
    return await file.tryLock(true) ? "locked" : "taken";
  } catch {
    return "unknown";
  }
}

async function letGo({ file, temporary }: TemporaryFile, system: FileSystem): Promise<void> {
  await system.remove(temporary).catch(() => {});
  file.close();
}

/** Syncs a folder, so that a rename in it survives a power cut; not every system can. */
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

/**
 * Operations of the system that files are written by: a seam, so that a test can let each fail, or
 * end the process there.
 */
export interface FileSystem
  extends Pick<typeof Deno, "link" | "mkdir" | "open" | "readDir" | "remove" | "rename" | "stat"> {
  /** Makes a name that nobody else has. */
  randomUUID(): string;
}

/** The system itself. */
export const REAL_FILES: FileSystem = {
  link: Deno.link,
  mkdir: Deno.mkdir,
  open: Deno.open,
  readDir: Deno.readDir,
  remove: Deno.remove,
  rename: Deno.rename,
  stat: Deno.stat,
  randomUUID: () => crypto.randomUUID(),
};
