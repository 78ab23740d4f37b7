import { z } from "zod";
import { MegapteraError } from "../../core/mod.ts";
import { persist } from "./persist.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault, statusFault } from "./remote_fault.ts";
import type { ListedFile } from "./source.ts";

const page = z.object({
  items: z.array(z.object({
    name: z.string(),
    size: z.string().regex(/^\d{1,15}$/),
    md5Hash: z.string().optional(),
    etag: z.string().optional(),
    updated: z.string().optional(),
  })).default([]),
  nextPageToken: z.string().optional(),
});

/**
 * Lists the objects of a public bucket of Google Cloud Storage whose names begin with a prefix.
 *
 * Protocol: Cloud Storage JSON API v1, `objects.list`.
 *
 * @param place `https://storage.googleapis.com/bucket/prefix`.
 * @param access How to ask.
 * @returns The objects in the order of their names, without those that stand for folders.
 * @throws {RemoteFault} Where the bucket can't be listed.
 */
export async function* listGoogle(place: string, access: RemoteAccess): AsyncGenerator<ListedFile> {
  const origin = googleStorage(access);
  const [, bucket, ...rest] = partsOf(place);
  const prefix = rest.join("/");
  let token: string | undefined;
  do {
    const url = new URL(`${origin}/storage/v1/b/${encodeURIComponent(bucket)}/o`);
    url.searchParams.set("prefix", prefix);
    url.searchParams.set("fields", "items(name,size,md5Hash,etag,updated),nextPageToken");
    if (token !== undefined) url.searchParams.set("pageToken", token);
    const { items, nextPageToken } = await persist(
      access,
      (signal) => readPage(url, bucket, access, signal),
    );
    for (const { name, size, md5Hash, etag, updated } of items) {
      if (name.endsWith("/") && size === "0") continue;
      const path = [bucket, ...name.split("/")].map(encodeURIComponent).join("/");
      // The ETag that a read of the object answers with: that of what was put together from parts
      // is not of its content.
      const version = md5Hash ? hexOf(md5Hash) : etag ? `-${etag}` : updated ?? "unknown";
      yield { uri: `${origin}/${path}`, sizeBytes: Number(size), version };
    }
    if (nextPageToken !== undefined && nextPageToken === token) {
      throw new RemoteFault("wrong answer", "the server says that more follows, and not how");
    }
    token = nextPageToken;
  } while (token !== undefined);
}

async function readPage(
  url: URL,
  bucket: string,
  { connection }: RemoteAccess,
  signal: AbortSignal,
): Promise<z.infer<typeof page>> {
  const response = await fetch(url, { signal, client: connection.client });
  if (!response.ok) {
    await response.body?.cancel();
    if (response.status === 404) {
      throw new RemoteFault("no bucket", `there is no bucket ${bucket}: check its name`);
    }
    const { status, statusText, headers } = response;
    throw statusFault(status, statusText, headers.get("retry-after"));
  }
  const text = await response.text();
  try {
    return page.parse(JSON.parse(text));
  } catch (cause) {
    throw new RemoteFault("wrong answer", "its listing is not what Cloud Storage gives", { cause });
  }
}

/**
 * Tells whether a place lies in Google Cloud Storage.
 *
 * @param place Any place.
 * @param access May name another server that stands for it.
 */
export function isInGoogleStorage(place: string, access: RemoteAccess): boolean {
  return place.startsWith(`${googleStorage(access)}/`);
}

function googleStorage({ options }: RemoteAccess): string {
  return options.googleStorage ?? "https://storage.googleapis.com";
}

function hexOf(base64: string): string {
  return Array.from(
    atob(base64),
    (character) => character.charCodeAt(0).toString(16).padStart(2, "0"),
  ).join("");
}

/** Splits an address's path into its parts, decoded. */
function partsOf(place: string): string[] {
  try {
    return new URL(place).pathname.split("/").map(decodeURIComponent);
  } catch (cause) {
    const message = `Cannot list ${place} as it is not well written: a % in it is %25.`;
    throw new MegapteraError("usage", message, { cause });
  }
}
