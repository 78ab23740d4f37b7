import { pathToFileURL } from "node:url";
import { MegapteraError, pathOfFileUrl, walkFiles } from "../../core/mod.ts";
import { fileVersion } from "./file_source.ts";
import { googleStorage, listGoogle } from "./google_list.ts";
import { placePattern } from "./place_pattern.ts";
import { RemoteAccess } from "./remote_access.ts";
import { remoteSourceFault } from "./remote_source.ts";
import { listS3 } from "./s3_list.ts";
import { type ListedFile, SourceFault } from "./source.ts";

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
 * const files = await Array.fromAsync(listFiles("pipeline/places"));
 * assert(files.some(({ uri }) => uri.endsWith("/places/mod.ts")));
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

/**
 * Lists the files in a folder and below, but hidden ones.
 *
 * @param folder The folder.
 * @returns The files, in no particular order.
 * @throws {MegapteraError} A `SourceFault` `missing` where there is no such folder, `denied` where it
 * can't be looked into; `usage` where it is a file.
 */
async function* listFolder(folder: string): AsyncGenerator<ListedFile> {
  try {
    for await (const path of walkFiles(folder, { isWanted: (name) => !isOfSystem(name) })) {
      // A link that leads nowhere is a file that is missing: opening it says so.
      const info = await Deno.stat(path).catch(() => Deno.lstat(path));
      yield { uri: pathToFileURL(path).href, sizeBytes: info.size, version: fileVersion(info) };
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new SourceFault("missing", `Cannot list ${folder} as there is no such folder.`);
    }
    if (error instanceof Deno.errors.NotADirectory) {
      throw new MegapteraError(
        "usage",
        `Cannot list ${folder} as it is a file: name the folder that it is in.`,
      );
    }
    const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    throw new MegapteraError("denied", `Cannot look into ${folder}: ${reason}.`, { cause: error });
  }
}

const RECORDING = /\.(?:wav|flac)$/i;
const SYSTEM_FOLDERS = new Set(["lost+found", "System Volume Information", "$RECYCLE.BIN"]);

/**
 * Whether a file is a recording by its name: WAV or FLAC, and not what macOS keeps beside a file
 * on other systems' disks (`._NAME.wav`).
 *
 * @param place A path or URI.
 */
export function isRecording(place: string): boolean {
  const name = place.slice(Math.max(place.lastIndexOf("/"), place.lastIndexOf("\\")) + 1);
  return RECORDING.test(name) && !isOfSystem(name);
}

/**
 * Whether a file or folder is none of the user's by its name: hidden, as are trash cans and the
 * stores of git-annex, or of the disk's own.
 *
 * @param name The name without its folder.
 */
export function isOfSystem(name: string): boolean {
  return name.startsWith(".") || SYSTEM_FOLDERS.has(name);
}
