import { dirname } from "node:path";
import { z } from "zod";
import { MegapteraError } from "../../../core/mod.ts";

const stateSchema = z.strictObject({
  home: z.string(),
  etag: z.string(),
  totalBytes: z.int().positive(),
});

/** Version of the file that the bytes so far are of, and whose it is. */
export type PartialState = z.infer<typeof stateSchema>;

/**
 * Keeps what of a download has come so far: `TARGET.partial`, and `TARGET.partial.json` which says
 * of what it is a part. Bytes without that are never gone on from.
 */
export class PartialFile {
  readonly #target: string;
  readonly #path: string;
  readonly #statePath: string;

  /**
   * @param target Where the whole file is to be.
   */
  constructor(target: string) {
    this.#target = target;
    this.#path = `${target}.partial`;
    this.#statePath = `${target}.partial.json`;
  }

  /** Finds what is there to go on from; nothing where that is not known for certain. */
  async read(): Promise<PartialState & { receivedBytes: number } | undefined> {
    try {
      const state = stateSchema.parse(JSON.parse(await Deno.readTextFile(this.#statePath)));
      const { size } = await Deno.stat(this.#path);
      return size <= state.totalBytes ? { ...state, receivedBytes: size } : undefined;
    } catch (error) {
      if (isMissing(error) || error instanceof SyntaxError || error instanceof z.ZodError) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * Starts anew.
   *
   * @param state Of what it will be a part; nothing where that can't be told from another version.
   * @returns The empty file, to write from its start.
   */
  async begin(state: PartialState | undefined): Promise<Deno.FsFile> {
    await Deno.mkdir(dirname(this.#target), { recursive: true });
    const file = await this.#open({ create: true });
    try {
      // In this order: killed in between, no bytes are ever taken for another version's.
      await remove(this.#statePath);
      await file.truncate();
      if (state) await Deno.writeTextFile(this.#statePath, JSON.stringify(state));
    } catch (error) {
      file.close();
      throw error;
    }
    return file;
  }

  /**
   * Goes on.
   *
   * @param receivedBytes How many bytes there are.
   * @returns The file, to write after them.
   */
  async goOn(receivedBytes: number): Promise<Deno.FsFile> {
    const file = await this.#open({});
    await file.seek(receivedBytes, Deno.SeekMode.Start);
    return file;
  }

  /** Opens it for this process alone: two would write over each other's bytes. */
  async #open(options: Deno.OpenOptions): Promise<Deno.FsFile> {
    const file = await Deno.open(this.#path, { write: true, ...options });
    // Some disks know no locks.
    if (await file.tryLock(true).catch(() => true)) return file;
    file.close();
    throw new MegapteraError(
      "retry",
      `Cannot download the detector to ${this.#path} as another process is doing so: run the same ` +
        "command again when it has ended.",
    );
  }

  /** Puts the whole file in its place. */
  async finish(): Promise<void> {
    await Deno.rename(this.#path, this.#target);
    await remove(this.#statePath);
  }

  /** Forgets what came. */
  async discard(): Promise<void> {
    await remove(this.#statePath);
    await remove(this.#path);
  }
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound;
}
