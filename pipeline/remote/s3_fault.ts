import { connectionFault } from "./connection_fault.ts";
import { RemoteFault } from "./remote_fault.ts";
import { statusFault } from "./status_fault.ts";
import { unsignedAdvice } from "./unsigned_advice.ts";

const BAD_CREDENTIALS = [
  "ExpiredToken",
  "InvalidAccessKeyId",
  "InvalidToken",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
  // Of versitygw, which says 404 with it.
  "XAdminUserNotFound",
];

/** What the SDK's errors have in common. */
interface ServiceError extends Error {
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** What the words for a fault depend on. */
export interface S3Request {
  readonly bucket: string;
  /** What one must be permitted for it. */
  readonly right: "s3:GetObject" | "s3:ListBucket" | "s3:PutObject" | "s3:DeleteObject";
  /** Whether it went without a signature. */
  readonly unsigned: boolean | undefined;
  /** What a user says the region by. */
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
