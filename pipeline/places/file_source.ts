import { pathToFileURL } from "node:url";
import { MegapteraError } from "../../core/mod.ts";
import { type RangeSource, SourceFault, UNKNOWN_VERSION } from "./source.ts";

/**
 * Opens a file on disk. Its `version` is the modification time as an ISO stamp.
 *
 * @param path Path of a regular file, absolute or relative to the working folder.
 * @param system What it is opened by.
 * @returns The source; reads may be asked for at the same time and are done one after another.
 * @throws {MegapteraError} A `SourceFault`: `missing` where there is no such file, `forbidden` where
 * it may not be read, `unreadable` where the disk can't give it, or it is a folder or a device;
 * `unreachable` where the system fails otherwise. `denied` where Deno lacks the permission.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openFileSource } from "./file_source.ts";
 * const source = await openFileSource("deno.json");
 * assert.equal((await source.read(0, 1))[0], "{".charCodeAt(0));
 * source.close();
 * ```
 */
export async function openFileSource(
  path: string,
  system: Pick<typeof Deno, "open" | "stat"> = Deno,
): Promise<RangeSource> {
  try {
    // Asked before opening, since opening a named pipe would wait for its writer for ever.
    const kind = await system.stat(path);
    if (!kind.isFile) {
      const what = kind.isDirectory ? "a folder: name the files in it" : "not a regular file";
      throw new SourceFault("unreadable", `Cannot read ${path} as it is ${what}.`);
    }
    const file = await system.open(path);
    try {
      return new FileSource(path, file, await file.stat());
    } catch (error) {
      file.close();
      throw error;
    }
  } catch (error) {
    throw fault(path, error);
  }
}

/** Makes the version of a file: its modification time as an ISO stamp. */
export function fileVersion({ mtime }: Deno.FileInfo): string {
  return mtime?.toISOString() ?? UNKNOWN_VERSION;
}

class FileSource implements RangeSource {
  readonly uri: string;
  readonly sizeBytes: number;
  readonly version: string;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #isClosed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string, file: Deno.FsFile, info: Deno.FileInfo) {
    this.uri = pathToFileURL(path).href;
    this.sizeBytes = info.size;
    this.version = fileVersion(info);
    this.#path = path;
    this.#file = file;
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (
      !Number.isSafeInteger(offset) || offset < 0 || !Number.isSafeInteger(length) || length < 0
    ) {
      throw new RangeError(`Cannot read ${length} bytes from byte ${offset} of ${this.#path}`);
    }
    // A file has one position: seeking and reading must not mix with those of another read.
    const mine = this.#last.then(() => this.#readNow(offset, length));
    this.#last = mine.catch(() => {});
    return mine;
  }

  async confirm(): Promise<void> {
    const now = await this.#file.stat().catch((error) => {
      throw fault(this.#path, error);
    });
    if (now.size === this.sizeBytes && fileVersion(now) === this.version) return;
    const [then, later] = [this.sizeBytes, now.size].map((size) => `${size} bytes`);
    throw new SourceFault(
      "changed",
      `Cannot use ${this.#path} as it was changed while it was read: ${then} of ${this.version}, now ` +
        `${later} of ${fileVersion(now)}; run the same command again when it is whole.`,
    );
  }

  close(): void {
    if (!this.#isClosed) this.#file.close();
    this.#isClosed = true;
  }

  async #readNow(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.sizeBytes - offset)));
    try {
      await this.#file.seek(offset, Deno.SeekMode.Start);
      for (let done = 0; done < bytes.length;) {
        const count = await this.#file.read(bytes.subarray(done));
        if (count === null) {
          const size = `${offset + done} of ${this.sizeBytes} bytes are left`;
          throw new SourceFault(
            "changed",
            `Cannot read ${this.#path} as it became shorter since it was opened: ${size}.`,
          );
        }
        done += count;
      }
    } catch (error) {
      throw fault(this.#path, error);
    }
    return bytes;
  }
}

function fault(path: string, error: unknown): MegapteraError {
  if (error instanceof MegapteraError) return error;
  const { errors } = Deno;
  const cause = { cause: error };
  const uri = pathToFileURL(path).href;
  if (error instanceof errors.NotFound && path.includes("\ufffd")) {
    const reason =
      "its name holds bytes that are no text in UTF-8, so that it can't be opened: rename " +
      "it";
    return new SourceFault("unreadable", `Cannot read ${path} as ${reason}.`, { ...cause, uri });
  }
  if (error instanceof errors.NotFound || error instanceof errors.NotADirectory) {
    return new SourceFault("missing", `Cannot read ${path} as there is no such file.`, cause);
  }
  if (error instanceof errors.PermissionDenied) {
    const reason = "this user is not permitted to: give it the right to read the file";
    return new SourceFault("forbidden", `Cannot read ${path} as ${reason}.`, cause);
  }
  if (error instanceof errors.NotCapable) {
    const reason = "Deno was started without the permission: add --allow-read";
    return new MegapteraError("denied", `Cannot read ${path} as ${reason}.`, cause);
  }
  const text = (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
  if ((error as { code?: string }).code === "EIO") {
    const reason = `the disk can't give what is there (${text}): it may be failing`;
    const uri = pathToFileURL(path).href;
    return new SourceFault("unreadable", `Cannot read ${path} as ${reason}.`, {
      cause: error,
      uri,
    });
  }
  return new SourceFault(
    "unreachable",
    `Cannot read ${path} as the system failed: ${text}.`,
    cause,
  );
}
