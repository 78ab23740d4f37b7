import { MegapteraError, pathOfFileUrl } from "../../core/mod.ts";
import { DiskStorage, ReadableFolder } from "./disk_storage.ts";
import { RemoteAccess } from "./remote_access.ts";
import { S3Storage } from "./s3_storage.ts";
import type { ReadableStorage, Storage } from "./storage.ts";

/**
 * Stored files wherever they are to be: a folder's path or `file://…`, or `s3://bucket/prefix`.
 *
 * @param place Where; nothing is opened or made yet.
 * @param access How S3 is asked; with its defaults where it is left out.
 * @returns The storage.
 * @throws {MegapteraError} `usage` where nothing can be stored there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openStorage } from "./open_storage.ts";
 * assert.equal(openStorage("s3://whales/scores/").name, "s3://whales/scores");
 * ```
 */
export function openStorage(place: string, access?: RemoteAccess): Storage {
  if (place.startsWith("s3:")) return new S3Storage(place, access ?? new RemoteAccess());
  if (/^https?:/i.test(place)) {
    throw new MegapteraError(
      "usage",
      `Cannot write to ${place} as scores go to a folder or to s3://bucket/prefix.`,
    );
  }
  return new DiskStorage(place.startsWith("file:") ? pathOfFileUrl(place) : place);
}

/**
 * What lies at a place, to be read.
 *
 * @param place A folder's path, or `s3://bucket/prefix`.
 * @param access How S3 is asked; with its defaults where it is left out.
 * @returns The storage; whether it is there shows when it is listed.
 * @throws {MegapteraError} `usage` where the place is of a kind that can't be read.
 */
export function openReadable(place: string, access?: RemoteAccess): ReadableStorage {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(place)?.[1];
  if (scheme === undefined) return new ReadableFolder(place);
  if (scheme === "s3") return new S3Storage(place, access ?? new RemoteAccess());
  throw new MegapteraError(
    "usage",
    `Cannot read scores from ${place} as ${scheme}:// is not a place that scores are read from: ` +
      "name a folder or s3://bucket/prefix.",
  );
}
