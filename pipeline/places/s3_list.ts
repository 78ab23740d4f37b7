import { persist } from "./persist.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault } from "./remote_fault.ts";
import { parseS3Place, s3Fault } from "./s3_client.ts";
import type { ListedFile } from "./source.ts";

/** An object as S3 lists it. */
interface ListedKey {
  readonly key: string;
  readonly sizeBytes: number;
  /** ETag with its quotes; servers other than Amazon's may lack it. */
  readonly etag: string | undefined;
  readonly lastModified: Date | undefined;
}

/**
 * Lists a bucket, page by page.
 *
 * @param bucket The bucket.
 * @param prefix How keys begin; all for an empty one.
 * @param access How to ask.
 * @returns The objects in the order of their keys.
 * @throws {RemoteFault} Where it can't be listed.
 */
export async function* listKeys(
  bucket: string,
  prefix: string,
  access: RemoteAccess,
): AsyncGenerator<ListedKey> {
  const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  const { requesterPays, unsigned, regionOption } = access.options;
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      ...token ? { ContinuationToken: token } : {},
      ...requesterPays ? { RequestPayer: "requester" } : {},
    });
    const page = await persist(access, async (signal) => {
      try {
        return await (await access.s3()).send(command, { abortSignal: signal });
      } catch (error) {
        throw s3Fault(error, { bucket, right: "s3:ListBucket", unsigned, regionOption });
      }
    });
    for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
      if (Key === undefined || Size === undefined) {
        throw new RemoteFault("wrong answer", "the server lists an object without key or size");
      }
      yield { key: Key, sizeBytes: Size, etag: ETag, lastModified: LastModified };
    }
    const next = page.IsTruncated ? page.NextContinuationToken ?? token : undefined;
    if (page.IsTruncated && next === token) {
      throw new RemoteFault("wrong answer", "the server says that more follows, and not how");
    }
    token = next;
  } while (token !== undefined);
}

/**
 * Writes an ETag as manifests do, without its quotes: `"abc"` is `abc`, `W/"abc"` is `W/abc`.
 *
 * @param tag The header.
 * @returns The version.
 */
export function tagVersion(tag: string): string {
  return tag.replaceAll('"', "");
}

/**
 * Writes the ETag of a version, as `If-Match` wants it.
 *
 * @param version What `tagVersion` gave, of a strong tag.
 * @returns The tag in quotes.
 */
export function versionTag(version: string): string {
  return `"${version}"`;
}

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
