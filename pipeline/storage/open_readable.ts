import { MegapteraError } from "../../core/mod.ts";
import { RemoteAccess } from "../remote/mod.ts";
import { ReadableFolder } from "./readable_folder.ts";
import { S3Storage } from "./s3_storage.ts";
import type { ReadableStorage } from "./storage.ts";

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
