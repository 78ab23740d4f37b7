import { MegapteraError, pathOfFileUrl } from "../../../core/mod.ts";
import { RemoteAccess } from "../../remote/mod.ts";
import { listFolder } from "./list_folder.ts";
import { googleStorage, listGoogle } from "./list_google.ts";
import { listS3 } from "./list_s3.ts";
import { placePattern } from "./place_pattern.ts";
import { remoteSourceFault } from "./remote_source_fault.ts";

/** A file as a listing shows it. */
export interface ListedFile {
  /** Its place as `openSource` takes it, and as manifests name it. */
  readonly uri: string;
  readonly sizeBytes: number;
  /** What `openSource` gives as its `version`. */
  readonly version: string;
}

/**
 * Lists the files below a place: a folder on disk, `s3://bucket/prefix`, or
 * `https://storage.googleapis.com/bucket/prefix`, whose listing is public where its files are. A
 * prefix is a beginning of names, and need not end with `/`. A place with `*` in it lists the files that
 * `placePattern` matches.
 *
 * @param place Where to look.
 * @param access How places far away are asked; with its defaults where it is left out.
 * @returns The files, one at a time, far away in the order of their names.
 * @throws {MegapteraError} Where the place can't be listed, and what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { listFiles } from "./list_files.ts";
 * const files = await Array.fromAsync(listFiles("pipeline/recording"));
 * assert(files.some(({ uri }) => uri.endsWith("/recording/mod.ts")));
 * ```
 */
export async function* listFiles(
  place: string,
  access: RemoteAccess = new RemoteAccess(),
): AsyncGenerator<ListedFile> {
  const pattern = placePattern(place);
  if (pattern) {
    for await (const file of listFiles(pattern.base, access)) {
      if (pattern.matches(file.uri)) yield file;
    }
    return;
  }
  if (place.startsWith("file:")) return yield* listFolder(pathOfFileUrl(place));
  const isS3 = place.startsWith("s3:");
  if (!isS3 && !/^https?:/i.test(place)) return yield* listFolder(place);
  if (!isS3 && !place.startsWith(`${googleStorage(access)}/`)) {
    throw new MegapteraError(
      "usage",
      `Cannot list ${place} as http servers other than Google Cloud Storage have no listing: ` +
        "give a template of names, as https://…/{YYYY}/{MM}/NAME-{YYYYMMDD}T{HH}0000Z.wav.",
    );
  }
  try {
    yield* isS3 ? listS3(place, access) : listGoogle(place, access);
  } catch (error) {
    throw remoteSourceFault(place, error, "list");
  }
}
