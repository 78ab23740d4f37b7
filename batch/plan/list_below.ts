import { MegapteraError } from "../../core/mod.ts";
import type { Storage, StoredFile } from "../../pipeline/places/mod.ts";

/**
 * Lists files as a storage does; a folder on disk that is not there yet holds none.
 *
 * @param storage Where.
 * @param under How their paths begin.
 */
export async function* listBelow(storage: Storage, under: string): AsyncGenerator<StoredFile> {
  try {
    yield* storage.list(under);
  } catch (error) {
    const isNothing = !storage.isRemote && error instanceof MegapteraError && error.kind === "data";
    if (!isNothing) throw error;
  }
}
