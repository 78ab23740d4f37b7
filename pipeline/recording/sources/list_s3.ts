import { listKeys, parseS3Place, type RemoteAccess, tagVersion } from "../../remote/mod.ts";
import type { ListedFile } from "./list_files.ts";

/**
 * Lists the objects of a bucket whose keys begin with a prefix.
 *
 * @param place `s3://bucket/prefix`.
 * @param access How to ask.
 * @returns The objects in the order of their keys, without those that stand for folders.
 * @throws {RemoteFault} Where the bucket can't be listed.
 */
export async function* listS3(place: string, access: RemoteAccess): AsyncGenerator<ListedFile> {
  const { bucket, key: prefix } = parseS3Place(place);
  for await (const { key, sizeBytes, etag, lastModified } of listKeys(bucket, prefix, access)) {
    if (key.endsWith("/") && sizeBytes === 0) continue;
    const version = etag ? tagVersion(etag) : lastModified?.toISOString() ?? "unknown";
    yield { uri: `s3://${bucket}/${key}`, sizeBytes, version };
  }
}
