import { dirname, join, relative, sep } from "node:path";
import { MegapteraError, walkFiles } from "../../core/mod.ts";
import { diskWriteFault } from "./disk_write_fault.ts";
import { type FileSystem, REAL_FILES } from "./file_system.ts";
import { ReadableFolder, readFault } from "./readable_folder.ts";
import {
  type FileToWrite,
  type Storage,
  StorageConflict,
  type StoredFile,
  type StoredText,
} from "./storage.ts";
import {
  folderClock,
  isTemporary,
  type PreparedFile,
  prepareFile,
  removeLitter,
  tryWriting,
} from "./write_whole.ts";

/** Files in a folder on disk. */
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
