import { dirname } from "node:path";
import { diskWriteFault } from "./file_storage.ts";
import { openTemporary, syncFolder } from "./write_whole.ts";

/** Text is written in pieces of about this size. */
const PIECE = 1 << 16;

/** Writes a file piece by piece that appears whole or not at all. */
export class AtomicFile {
  readonly path: string;
  readonly #file: Deno.FsFile;
  readonly #temporary: string;
  #text = "";
  #committed = false;

  private constructor(path: string, { file, temporary }: { file: Deno.FsFile; temporary: string }) {
    this.path = path;
    this.#file = file;
    this.#temporary = temporary;
  }

  /**
   * Opens a temporary file beside the one that is to be; its folder is made.
   *
   * @param path Where the file is to be.
   * @throws {MegapteraError} `denied` or `retry` where it can't be written.
   */
  static async open(path: string): Promise<AtomicFile> {
    try {
      await Deno.mkdir(dirname(path), { recursive: true });
      if ((await Deno.stat(path).catch(() => undefined))?.isDirectory) {
        throw new Deno.errors.IsADirectory("there is a folder of that name");
      }
      return new AtomicFile(path, await openTemporary(path));
    } catch (error) {
      throw diskWriteFault(path, error, "");
    }
  }

  /**
   * Adds text.
   *
   * @throws {MegapteraError} `denied` or `retry` where it can't be written.
   */
  async write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= PIECE) await this.#flush();
  }

  /**
   * Adds bytes.
   *
   * @throws {MegapteraError} `denied` or `retry` where they can't be written.
   */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.#flush();
    await this.#writeAll(bytes);
  }

  /**
   * Puts the file in its place, in one step.
   *
   * @throws {MegapteraError} `denied` or `retry` where it can't be put there.
   */
  async commit(): Promise<void> {
    await this.#flush();
    try {
      await this.#file.sync();
      await Deno.rename(this.#temporary, this.path);
      this.#committed = true;
      await syncFolder(dirname(this.path));
    } catch (error) {
      throw diskWriteFault(this.path, error, "");
    }
  }

  /** Lets go of it; what was not committed is removed. */
  async close(): Promise<void> {
    if (!this.#committed) await Deno.remove(this.#temporary).catch(() => {});
    this.#file.close();
  }

  async #flush(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    if (text !== "") await this.#writeAll(new TextEncoder().encode(text));
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        done += await this.#file.write(bytes.subarray(done));
      }
    } catch (error) {
      throw diskWriteFault(this.path, error, "");
    }
  }
}

/**
 * Writes a file that appears whole or not at all.
 *
 * @param path Where the file is to be; its folder is made.
 * @param text What it is to hold, written as UTF-8.
 * @throws {MegapteraError} `denied` or `retry` where it can't be written.
 */
export async function writeText(path: string, text: string): Promise<void> {
  const file = await AtomicFile.open(path);
  try {
    await file.write(text);
    await file.commit();
  } finally {
    await file.close();
  }
}
