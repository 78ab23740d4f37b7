import type { S3Client } from "@aws-sdk/client-s3";
import { holdsSecrets } from "../../core/mod.ts";
import type { Connection } from "./connection.ts";
import { RemoteFault } from "./remote_fault.ts";
import type { RemoteOptions } from "./remote_options.ts";
import { unsignedAdvice } from "./unsigned_advice.ts";

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
