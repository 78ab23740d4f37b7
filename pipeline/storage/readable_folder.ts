import { basename, join, relative, sep } from "node:path";
import { MegapteraError, walkFiles } from "../../core/mod.ts";
import type { ReadableStorage, StoredFile } from "./storage.ts";

/**
 * A folder on disk that is only read: its listing asks the system for names, and for no more unless
 * times are wanted. Links
 * are followed, as years of scores may lie on other disks, and would be missing without a word.
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
export function readFault(
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
