import { MegapteraError } from "../errors.ts";
import { ReadableFolder } from "./readable_folder.ts";
import type { ReadableStorage } from "./storage.ts";

/**
 * What lies at a place, to be read.
 *
 * @param place A folder's path.
 * @returns The storage; whether it is there shows when it is listed.
 * @throws {MegapteraError} `usage` where the place is of a kind that can't be read.
 */
export function openReadable(place: string): ReadableStorage {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1];
  if (scheme === undefined) return new ReadableFolder(place);
  throw new MegapteraError(
    "usage",
    `Cannot read scores from ${place} as ${scheme}:// is not a place that scores are read from: ` +
      "name a folder.",
  );
}
