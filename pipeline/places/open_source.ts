import { MegapteraError, pathOfFileUrl } from "../../core/mod.ts";
import { openFileSource } from "./file_source.ts";
import { HttpTransport } from "./http_transport.ts";
import { RemoteAccess } from "./remote_access.ts";
import { openRemoteSource } from "./remote_source.ts";
import { S3Transport } from "./s3_transport.ts";
import type { RangeSource } from "./source.ts";

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
 * import { openSource } from "./open_source.ts";
 * const source = await openSource("deno.json");
 * assert(source.uri.startsWith("file:///"));
 * source.close();
 * ```
 */
export async function openSource(place: string, access?: RemoteAccess): Promise<RangeSource> {
  if (place.startsWith("file:")) return await openFileSource(pathOfFileUrl(place));
  if (place.startsWith("s3:")) {
    const shared = access ?? new RemoteAccess();
    return await openRemoteSource(new S3Transport(place, shared), shared);
  }
  if (/^https?:/i.test(place)) {
    if (!URL.canParse(place)) {
      throw new MegapteraError("usage", `Cannot read ${place} as it is not an http address.`);
    }
    const shared = access ?? new RemoteAccess();
    return await openRemoteSource(new HttpTransport(place, shared), shared);
  }
  return await openFileSource(place);
}
