import { persist } from "./persist.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault } from "./remote_fault.ts";
import { s3Fault } from "./s3_fault.ts";

/** An object as S3 lists it. */
export interface ListedKey {
  readonly key: string;
  readonly sizeBytes: number;
  /** With its quotes; servers other than Amazon's may lack it. */
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
