import type { S3Client } from "@aws-sdk/client-s3";
import { holdsSecrets, MegapteraError } from "../../core/mod.ts";
import type { Connection, RemoteOptions } from "./connection.ts";
import { connectionFault, RemoteFault, statusFault } from "./remote_fault.ts";

/**
 * Makes an S3 client that tries once and leaves trying again to us: the SDK mends an answer of 503
 * but neither a body that breaks off nor one that stalls.
 *
 * @param options Endpoint, region, and whether requests are signed.
 * @param connection The connections it is to use.
 * @returns The client. The SDK is loaded here, so that nothing else pays for it.
 * @throws {RemoteFault} `setting` where no region is known or the endpoint is no address, `denied`
 * where there are no credentials.
 */
export async function makeS3Client(
  options: RemoteOptions,
  connection: Connection,
): Promise<S3Client> {
  const { endpoint, unsigned } = options;
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    const what = `the endpoint ${endpoint} is not an address like https://host:port`;
    throw new RemoteFault("setting", what);
  }
  if (endpoint !== undefined && holdsSecrets(endpoint)) {
    const what = `the endpoint ${endpoint} holds a password: leave it out, and give keys by ` +
      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    throw new RemoteFault("setting", what);
  }
  const { S3Client } = await import("@aws-sdk/client-s3");
  // Its bodies come about three times as fast as those of the handler for Node.
  const { FetchHttpHandler } = await import("@smithy/fetch-http-handler");
  const region = options.region ?? (endpoint || unsigned ? await usualRegion(options) : undefined);
  const client = new S3Client({
    ...endpoint ? { endpoint } : {},
    ...region ? { region } : {},
    forcePathStyle: options.pathStyle ?? endpoint !== undefined,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: new FetchHttpHandler({
      // Where the bucket is elsewhere a request must be signed anew, not led on.
      requestInit: () => ({ client: connection.client, redirect: "manual" }) as RequestInit,
    }),
    ...unsigned
      ? {
        credentials: { accessKeyId: "", secretAccessKey: "" },
        signer: { sign: (request) => Promise.resolve(request) },
      }
      : {},
  });
  client.middlewareStack.add((next) => (args) => {
    // Encoded once more, a body would be of another length than the server says.
    (args.request as { headers: Record<string, string> }).headers["accept-encoding"] = "identity";
    return next(args);
  }, { step: "finalizeRequest", name: "plainBodies", priority: "low" });
  await checkSettings(client, options);
  return client;
}

/** Servers other than Amazon's mostly take any region, but some check the one that is signed. */
async function usualRegion({ unsigned }: RemoteOptions): Promise<string> {
  const none = "us-east-1";
  if (unsigned) return none;
  const { S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({});
  try {
    // As AWS tools find it: by AWS_REGION, or the profile.
    return await client.config.region();
  } catch {
    return none;
  } finally {
    client.destroy();
  }
}

async function checkSettings(client: S3Client, options: RemoteOptions): Promise<void> {
  const { unsigned, regionOption = "--region" } = options;
  try {
    await client.config.region();
  } catch (cause) {
    const what = "the region of the bucket is not known: " +
      `give it with ${regionOption}, or set AWS_REGION`;
    throw new RemoteFault("setting", what, { cause });
  }
  if (unsigned) return;
  try {
    await client.config.credentials();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
    throw new RemoteFault(
      "denied",
      `no credentials were found (${reason}): log in (aws configure, aws sso login, or ` +
        `AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)${unsignedAdvice(options)}`,
      { cause },
    );
  }
}

/**
 * Says the way on without credentials, which reading has and writing has not.
 *
 * @param options Those of an output say its region by an option of their own.
 * @returns The end of a sentence; empty where there is no such way.
 */
function unsignedAdvice({ regionOption }: Pick<RemoteOptions, "regionOption">): string {
  return regionOption === undefined ? ", or read a public bucket with --unsigned" : "";
}

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
 * import { parseS3Place } from "./s3_client.ts";
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

const BAD_CREDENTIALS = [
  "ExpiredToken",
  "InvalidAccessKeyId",
  "InvalidToken",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
  // Of versitygw, which says 404 with it.
  "XAdminUserNotFound",
];

/** Fields that errors of the SDK share. */
interface ServiceError extends Error {
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Facts of a request that the words for its fault depend on. */
export interface S3Request {
  readonly bucket: string;
  /** Permission that it needs. */
  readonly right: "s3:GetObject" | "s3:ListBucket" | "s3:PutObject" | "s3:DeleteObject";
  /** Whether it went without a signature. */
  readonly unsigned: boolean | undefined;
  /** Option that a user names the region by. */
  readonly regionOption: string | undefined;
}

/**
 * Puts an error of the S3 client in words.
 *
 * @param error What a command threw.
 * @param request What was asked for.
 * @returns The fault.
 */
export function s3Fault(error: unknown, request: S3Request): RemoteFault {
  const { bucket, right, unsigned, regionOption = "--region" } = request;
  const { name, message, $metadata, $response, Region } = error as ServiceError;
  const status = $metadata?.httpStatusCode;
  if (error instanceof RemoteFault || status === undefined) return connectionFault(error);
  if (name === "NoSuchBucket") {
    return new RemoteFault("no bucket", `there is no bucket ${bucket}: check its name`);
  }
  if (BAD_CREDENTIALS.includes(name)) {
    const advice = `log in anew (aws configure, aws sso login)${unsignedAdvice(request)}`;
    return new RemoteFault("denied", `the credentials are not accepted (${name}): ${advice}`);
  }
  const region = $response?.headers?.["x-amz-bucket-region"] ?? Region;
  if (status === 301 || status === 400 && region !== undefined) {
    const where = region
      ? `in the region ${region}: use ${regionOption} ${region}`
      : "in another region";
    return new RemoteFault("setting", `the bucket ${bucket} is ${where}`);
  }
  // The SDK sets its clock by the answer, so the next try is right.
  if (name === "RequestTimeTooSkewed") {
    return new RemoteFault("passing", "this machine's clock is wrong: set it", { mostTries: 3 });
  }
  if (name === "RequestTimeout" || status === 307) return new RemoteFault("passing", name);
  if (status === 403) {
    const advice = unsigned ? "the request was not signed" : `allow this user ${right}`;
    // Who may not list a bucket is not told whether there is a key.
    const orMissing = right === "s3:GetObject" ? ", or there is no such key" : "";
    return new RemoteFault("forbidden", `the server answered 403 ${name}: ${advice}${orMissing}`);
  }
  if (status === 409) {
    return new RemoteFault("changed", "somebody else is writing it", { mostTries: 3 });
  }
  const said = name === "Unknown" || name === "UnknownError" ? message : name;
  return statusFault(status, said, $response?.headers?.["retry-after"]);
}
