import { MegapteraError } from "../../core/mod.ts";

/** A key, or the beginning of keys, in a bucket. */
export interface S3Place {
  readonly bucket: string;
  /** May be empty, where a bucket stands alone. */
  readonly key: string;
}

/**
 * Takes `s3://bucket/key` apart. Keys are taken as they are written, as other tools take them.
 *
 * @param place The place.
 * @returns Its bucket and key.
 * @throws {MegapteraError} `usage` where there is no bucket, or a password.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseS3Place } from "./s3_place.ts";
 * assert.deepEqual(parseS3Place("s3://sea/2021/01 a.wav"), { bucket: "sea", key: "2021/01 a.wav" });
 * ```
 */
export function parseS3Place(place: string): S3Place {
  const parts = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(place);
  if (!parts) {
    throw new MegapteraError(
      "usage",
      `Cannot use ${place} as an S3 place is s3://bucket/key: it names no bucket.`,
    );
  }
  const [, bucket, key = ""] = parts;
  if (!bucket.includes("@")) return { bucket, key };
  throw new MegapteraError(
    "usage",
    `Cannot use ${place} as its address holds a user or password (not shown here): leave them out, ` +
      "and give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  );
}
