import { MegapteraError } from "../../core/mod.ts";
import { awsFault } from "./aws_fault.ts";
import { clientSettings } from "./client_settings.ts";

/**
 * Whether a bucket is there and ours.
 *
 * @param bucket Its name.
 * @param region Where it must be.
 * @returns Whether it is there.
 * @throws {MegapteraError} `denied` where it is somebody else's, `configuration` where it is in
 * another region.
 */
export async function findBucket(bucket: string, region: string): Promise<boolean> {
  const { HeadBucketCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ ...clientSettings(region), followRegionRedirects: true });
  try {
    const { BucketRegion = region } = await client.send(new HeadBucketCommand({ Bucket: bucket }));
    if (BucketRegion === region) return true;
    throw new MegapteraError(
      "configuration",
      `Cannot use the bucket ${bucket} as it is in ${BucketRegion}: set up there with --aws-region ` +
        `${BucketRegion}, or name another with --bucket.`,
    );
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return false;
    if (status === 403) {
      throw new MegapteraError(
        "denied",
        `Cannot use the bucket ${bucket} as it is somebody else's, or you may not reach it: name ` +
          "another with --bucket.",
        { cause: error },
      );
    }
    throw awsFault(`look at the bucket ${bucket}`, error);
  } finally {
    client.destroy();
  }
}
