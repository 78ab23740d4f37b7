import { isAddress, MegapteraError, pathOfFileUrl } from "../../core/mod.ts";
import { listFolder } from "./file_list.ts";
import { openFileSource } from "./file_source.ts";
import { DiskStorage, ReadableFolder } from "./file_storage.ts";
import { isInGoogleStorage, listGoogle } from "./gs_list.ts";
import { HttpTransport } from "./http_transport.ts";
import { placePattern } from "./place_pattern.ts";
import { RemoteAccess } from "./remote_access.ts";
import { openRemoteSource, remoteSourceFault } from "./remote_source.ts";
import { listS3 } from "./s3_list.ts";
import { S3Storage } from "./s3_storage.ts";
import { S3Transport } from "./s3_transport.ts";
import type { ListedFile, RangeSource } from "./source.ts";
import type { ReadableStorage, Storage } from "./storage.ts";

/** Ways to read, list and write the places of one scheme; each may be a sentence's end that says why not. */
interface Scheme {
  /** Tells whether a place is of this scheme. */
  readonly owns: (place: string, access: RemoteAccess) => boolean;
  /** Opens a file to be read by ranges. */
  readonly open: (place: string, access: RemoteAccess) => Promise<RangeSource>;
  /** Lists the files below a place. */
  readonly list: ((place: string, access: RemoteAccess) => AsyncGenerator<ListedFile>) | string;
  /** Opens a storage to be written to. */
  readonly store: ((place: string, access: RemoteAccess) => Storage) | string;
  /** Opens a storage of scores to be read; left out where none are read from there. */
  readonly read?: (place: string, access: RemoteAccess) => ReadableStorage;
}

const openHttp: Scheme["open"] = (place, access) => {
  if (URL.canParse(place)) return openRemoteSource(new HttpTransport(place, access), access);
  throw new MegapteraError("usage", `Cannot read ${place} as it is not an http address.`);
};
const toS3 = (place: string, access: RemoteAccess): S3Storage => new S3Storage(place, access);
const NO_LISTING =
  "http servers other than Google Cloud Storage have no listing: give a template " +
  "of names, as https://…/{YYYY}/{MM}/NAME-{YYYYMMDD}T{HH}0000Z.wav";
const NO_STORAGE = "scores go to a folder or to s3://bucket/prefix";

/** Every scheme; of a place the first that owns it counts, and a place that none owns is a path. */
const SCHEMES: readonly Scheme[] = [
  {
    owns: (place) => place.startsWith("s3:"),
    open: (place, access) => openRemoteSource(new S3Transport(place, access), access),
    list: listS3,
    store: toS3,
    read: toS3,
  },
  { owns: isInGoogleStorage, open: openHttp, list: listGoogle, store: NO_STORAGE },
  {
    owns: (place) => /^https?:/i.test(place),
    open: openHttp,
    list: NO_LISTING,
    store: NO_STORAGE,
  },
  {
    owns: (place) => place.startsWith("file:"),
    open: (place) => openFileSource(pathOfFileUrl(place)),
    list: (place) => listFolder(pathOfFileUrl(place)),
    store: (place) => new DiskStorage(pathOfFileUrl(place)),
  },
];

const PATH: Scheme = {
  owns: (place) => !isAddress(place),
  open: (place) => openFileSource(place),
  list: listFolder,
  store: (place) => new DiskStorage(place),
  read: (place) => new ReadableFolder(place),
};

function schemeOf(place: string, access: RemoteAccess): Scheme {
  return SCHEMES.find(({ owns }) => owns(place, access)) ?? PATH;
}

/**
 * Opens the bytes of a recording wherever it is: a path or `file://…`, `s3://bucket/key`, or
 * `http(s)://…` of a server that gives ranges.
 *
 * @param place Where it is.
 * @param access How places far away are asked; with its defaults where it is left out.
 * @returns The source; close it when done.
 * @throws {MegapteraError} A `SourceFault` where this file can't be read (`reason` tells a gap from
 * what ends a run); another `MegapteraError` where no file there can, as for lack of credentials.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openSource } from "./schemes.ts";
 * const source = await openSource("deno.json");
 * assert(source.uri.startsWith("file:///"));
 * source.close();
 * ```
 */
export async function openSource(
  place: string,
  access: RemoteAccess = new RemoteAccess(),
): Promise<RangeSource> {
  return await schemeOf(place, access).open(place, access);
}

/**
 * Lists the files below a place: a folder on disk, `s3://bucket/prefix`, or
 * `https://storage.googleapis.com/bucket/prefix`, whose listing is public where its files are. A
 * prefix is a beginning of names, and need not end with `/`. A place with `*` in it lists the files
 * that `placePattern` matches.
 *
 * @param place Where to look.
 * @param access How places far away are asked; with its defaults where it is left out.
 * @returns The files, one at a time, far away in the order of their names.
 * @throws {MegapteraError} Where the place can't be listed, and what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { listFiles } from "./schemes.ts";
 * const files = await Array.fromAsync(listFiles("docs"));
 * assert(files.some(({ uri }) => uri.endsWith("/architecture.md")));
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
  const { list } = schemeOf(place, access);
  if (typeof list === "string") {
    throw new MegapteraError("usage", `Cannot list ${place} as ${list}.`);
  }
  try {
    yield* list(place, access);
  } catch (error) {
    throw remoteSourceFault(place, error, "list");
  }
}

/**
 * Opens the storage that files are written to: a folder's path or `file://…`, or
 * `s3://bucket/prefix`.
 *
 * @param place Where; nothing is opened or made yet.
 * @param access How S3 is asked; with its defaults where it is left out.
 * @returns The storage.
 * @throws {MegapteraError} `usage` where nothing can be stored there.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openStorage } from "./schemes.ts";
 * assert.equal(openStorage("s3://whales/scores/").name, "s3://whales/scores");
 * ```
 */
export function openStorage(place: string, access: RemoteAccess = new RemoteAccess()): Storage {
  const { store } = schemeOf(place, access);
  if (typeof store === "string") {
    throw new MegapteraError("usage", `Cannot write to ${place} as ${store}.`);
  }
  return store(place, access);
}

/**
 * Opens the storage that scores are read from.
 *
 * @param place A folder's path, or `s3://bucket/prefix`.
 * @param access How S3 is asked; with its defaults where it is left out.
 * @returns The storage; whether it is there shows when it is listed.
 * @throws {MegapteraError} `usage` where scores are not read from such a place.
 */
export function openReadable(
  place: string,
  access: RemoteAccess = new RemoteAccess(),
): ReadableStorage {
  const { read, owns } = isAddress(place) ? schemeOf(place, access) : PATH;
  if (read && owns(place, access)) return read(place, access);
  throw new MegapteraError(
    "usage",
    `Cannot read scores from ${place} as ${
      /^[^:]*/.exec(place)
    }:// is not a place that scores are ` +
      "read from: name a folder or s3://bucket/prefix.",
  );
}
