import { basename, dirname, join, relative, sep } from "node:path";
import { MegapteraError, walkFiles } from "../../core/mod.ts";
import {
  type FileToWrite,
  type ReadableStorage,
  type Storage,
  StorageConflict,
  type StoredFile,
  type StoredText,
} from "./storage.ts";
import {
  type FileSystem,
  folderClock,
  isTemporary,
  type PreparedFile,
  prepareFile,
  REAL_FILES,
  removeLitter,
  tryWriting,
} from "./write_whole.ts";

/** Keeps files in a folder on disk. */
export class DiskStorage implements Storage {
  readonly name: string;
  readonly isRemote = false;

  readonly #system: FileSystem;

  /**
   * @param folder The folder; it need not be there before something is written.
   * @param system What files are written by.
   */
  constructor(folder: string, system: FileSystem = REAL_FILES) {
    this.name = folder;
    this.#system = system;
  }

  async tryWriting(): Promise<void> {
    try {
      await tryWriting(this.name, this.#system);
    } catch (error) {
      throw diskWriteFault(this.name, error);
    }
  }

  async *list(under = "", withTimes = false): AsyncGenerator<StoredFile> {
    const start = join(this.name, under.slice(0, under.lastIndexOf("/") + 1));
    try {
      for await (const file of walkFiles(start)) {
        const path = relative(this.name, file).replaceAll(sep, "/");
        if (!path.startsWith(under) || isTemporary(file)) continue;
        const info = await Deno.stat(file).catch(nothingIfMissing);
        if (!info) continue;
        const times = withTimes ? { changedMs: Number(info.mtime) } : {};
        yield { path, sizeBytes: info.size, version: versionOf(info), ...times };
      }
    } catch (error) {
      const isMissing = error instanceof Deno.errors.NotFound;
      if (isMissing && under !== "" && await isFolder(this.name)) return;
      throw readFault(this.name, error, "list");
    }
  }

  async read(path: string): Promise<StoredText | undefined> {
    const full = join(this.name, path);
    try {
      using file = await this.#system.open(full);
      const version = versionOf(await file.stat());
      return { text: await new Response(file.readable).text(), version };
    } catch (error) {
      const { NotADirectory, NotFound } = Deno.errors;
      if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
      throw readFault(full, error);
    }
  }

  readBytes(path: string): Promise<Uint8Array | undefined> {
    return new ReadableFolder(this.name).readBytes(path);
  }

  async ageMs(path: string): Promise<number | undefined> {
    const full = join(this.name, path);
    const info = await this.#system.stat(full).catch(nothingIfMissing);
    if (!info) return undefined;
    const nowMs = await folderClock(dirname(full), this.#system).catch(() => Date.now());
    return Math.max(0, nowMs - (info.mtime?.getTime() ?? nowMs));
  }

  async write(files: readonly FileToWrite[]): Promise<(string | null)[]> {
    const prepared: (PreparedFile | undefined)[] = [];
    const versions: (string | null)[] = [];
    let at = "";
    try {
      for (const { path, text } of files) {
        at = join(this.name, path);
        prepared.push(text === null ? undefined : await prepareFile(at, text, this.#system));
      }
      for (const file of files) await this.#check(file);
      for (const [i, file] of files.entries()) {
        at = join(this.name, file.path);
        await this.#commit(file, prepared[i]);
        const written = await this.#stat(file.path);
        versions.push(written ? versionOf(written) : null);
      }
      return versions;
    } catch (error) {
      const isSaid = error instanceof StorageConflict || error instanceof MegapteraError;
      throw isSaid ? error : diskWriteFault(at, error);
    } finally {
      for (const file of prepared) await file?.close();
    }
  }

  async tidy(folder: string): Promise<void> {
    await removeLitter(join(this.name, folder), this.#system);
  }

  async #commit(file: FileToWrite, prepared?: PreparedFile): Promise<void> {
    const { path, replaces } = file;
    if (replaces === null && prepared) {
      if (await prepared.commitFirst()) return;
      // A claim of another's is no less than what it stands for.
      if ((await this.read(path))?.text !== file.text) throw new StorageConflict(path);
      return;
    }
    await this.#check(file);
    if (prepared) await prepared.commit();
    else await this.#system.remove(join(this.name, path)).catch(nothingIfMissing);
  }

  /** Refuses to write where something else lies than what is to be replaced. */
  async #check({ path, text, replaces }: FileToWrite): Promise<void> {
    if (replaces === undefined) return;
    const there = await this.#stat(path);
    // An empty file is a place that is claimed, on a disk without second names.
    if (replaces === (there?.size ? versionOf(there) : null)) return;
    // It may be this writer's own first try, whose answer was lost, or another's very same.
    if (((await this.read(path))?.text ?? null) !== text) throw new StorageConflict(path);
  }

  async #stat(path: string): Promise<Deno.FileInfo | undefined> {
    return await this.#system.stat(join(this.name, path)).catch(nothingIfMissing);
  }
}

function versionOf({ size, mtime }: Deno.FileInfo): string {
  return `${size} bytes, ${mtime?.toISOString() ?? "unknown"}`;
}

async function isFolder(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isDirectory, () => false);
}

function nothingIfMissing(error: unknown): undefined {
  const { NotADirectory, NotFound } = Deno.errors;
  if (!(error instanceof NotFound || error instanceof NotADirectory)) throw error;
}

/**
 * Makes the fault of a file or folder that can't be written.
 *
 * @param path The file or folder.
 * @param error What the system said.
 * @param what What was to be written, before the path in the sentence.
 * @returns `denied` where it is not permitted, `retry` otherwise, with what to do.
 */
export function diskWriteFault(
  path: string,
  error: unknown,
  what: "scores to " | "" = "scores to ",
): MegapteraError {
  const { errors } = Deno;
  const refusals = [
    ...[errors.PermissionDenied, errors.NotCapable, errors.NotADirectory, errors.IsADirectory],
    errors.AlreadyExists,
  ];
  const denied = refusals.some((kind) => error instanceof kind) ||
    (error as { code?: string }).code === "EROFS";
  const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
  const goesOn = what === "" ? "" : ", which goes on from here";
  const wayOn = denied
    ? "choose another place with --out, or allow writing to this one"
    : `mend it and run the same command again${goesOn}`;
  return new MegapteraError(
    denied ? "denied" : "retry",
    `Cannot write ${what}${path} as the system refused: ${reason}; ${wayOn}.`,
    { cause: error },
  );
}

/**
 * Reads a folder on disk: its listing asks the system for names, and for no more unless times are
 * wanted. Links are followed, as years of scores may lie on other disks, and would be missing
 * without a word.
 */
export class ReadableFolder implements ReadableStorage {
  readonly name: string;
  readonly isRemote = false;

  /** @param folder The folder's path. */
  constructor(folder: string) {
    this.name = folder;
  }

  async *list(
    under = "",
    withTimes = false,
  ): AsyncGenerator<Pick<StoredFile, "path" | "changedMs">> {
    try {
      for await (const file of walkFiles(this.name, { onLostLink: refuseLost })) {
        const path = relative(this.name, file).replaceAll(sep, "/");
        if (!path.startsWith(under)) continue;
        yield withTimes ? { path, changedMs: Number((await Deno.stat(file)).mtime) } : { path };
      }
    } catch (error) {
      throw readFault(this.name, error);
    }
  }

  async readBytes(path: string): Promise<Uint8Array | undefined> {
    const file = join(this.name, path);
    try {
      return await Deno.readFile(file);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw readFault(file, error);
    }
  }
}

function refuseLost(path: string): void {
  // Editors leave hidden links that lead nowhere beside what they have open.
  if (basename(path).startsWith(".")) return;
  throw new MegapteraError(
    "data",
    `Cannot follow the link ${path} as nothing is there: mend it, or take it away.`,
  );
}

/** Makes the fault of a folder or file that can't be read or listed. */
function readFault(
  path: string,
  error: unknown,
  verb: "read" | "list" = "read",
): MegapteraError {
  if (error instanceof MegapteraError) return error;
  const { NotFound, NotADirectory, PermissionDenied, NotCapable } = Deno.errors;
  const missing = error instanceof NotFound || error instanceof NotADirectory;
  const denied = error instanceof PermissionDenied || error instanceof NotCapable;
  const reason = missing
    ? "there is no such folder"
    : `the system refused: ${(error as Error).message.replace(/\.$/, "")}`;
  const kind = missing ? "data" : denied ? "denied" : "retry";
  return new MegapteraError(kind, `Cannot ${verb} ${path} as ${reason}.`, { cause: error });
}
