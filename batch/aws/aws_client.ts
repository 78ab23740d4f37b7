import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { type FaultKind, MegapteraError } from "../../core/mod.ts";
import { connectionFault, type RemoteFault } from "../../pipeline/places/mod.ts";

/**
 * Finds the account that the credentials are of.
 *
 * @param region The region; as AWS tools find it where it is left out.
 * @throws {MegapteraError} `denied` where there are no credentials, or they are not accepted.
 */
export async function accountOf(region: string | undefined): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const client = new STSClient(clientSettings(region));
  try {
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    return Account!;
  } catch (error) {
    throw awsFault("ask AWS whose account this is", error);
  } finally {
    client.destroy();
  }
}

/** Settings that all clients of Amazon's services share: the SDK tries again, and nothing hangs. */
interface ClientSettings {
  region?: string;
  maxAttempts: number;
  requestHandler: FetchHttpHandler;
}

/**
 * Settings of a client.
 *
 * @param region The region; as AWS tools find it where it is left out.
 */
export function clientSettings(region: string | undefined): ClientSettings {
  return {
    ...(region === undefined ? {} : { region }),
    maxAttempts: 5,
    // The one for Node may only be used with every right of --allow-sys where certificates are added.
    requestHandler: new FetchHttpHandler({ requestTimeout: 30_000 }),
  };
}

const REFUSED_CREDENTIALS =
  /^(UnrecognizedClient|InvalidClientTokenId|Expired|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|AuthFailure)/;
const NOT_ALLOWED = /AccessDenied|Unauthorized|NotAuthorized/;
const PASSING =
  /Throttl|TooManyRequests|Timeout|ServiceUnavailable|InternalFailure|ServerException/;

/** Fields that errors of the SDK share. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Puts an error of one of Amazon's services in one sentence.
 *
 * @param what What was attempted, as "submit the run to the queue q".
 * @param error What was thrown.
 * @returns The fault: `denied`, `configuration` or `retry`.
 */
export function awsFault(what: string, error: unknown): MegapteraError {
  if (error instanceof MegapteraError) return error;
  const { name, message, $metadata } = error as ServiceError;
  const said = message.replace(/\s+/g, " ").replace(/\.$/, "").slice(0, 300);
  const fault = (kind: FaultKind, reason: string): MegapteraError =>
    new MegapteraError(kind, `Cannot ${what} as ${reason}.`, { cause: error });
  if (name === "CredentialsProviderError" || /credential/i.test(said) && !$metadata) {
    return fault(
      "denied",
      "no credentials were found: log in (aws configure, aws sso login, or AWS_ACCESS_KEY_ID and " +
        "AWS_SECRET_ACCESS_KEY)",
    );
  }
  if (/region is missing/i.test(said)) {
    return fault("configuration", "no region is known: give --aws-region, or set AWS_REGION");
  }
  if (REFUSED_CREDENTIALS.test(name)) {
    return fault("denied", `the credentials are not accepted (${name}): log in anew`);
  }
  if (NOT_ALLOWED.test(name)) {
    return fault(
      "denied",
      `this user may not: ${said}; ask whoever runs the account for that right`,
    );
  }
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return unreached(fault, connectionFault(error));
  if (PASSING.test(name) || status >= 500 || status === 429) {
    return fault("retry", `the service can't be asked now: ${said || name}; try again`);
  }
  return fault("configuration", `Amazon answers "${said}"`);
}

function unreached(
  fault: (kind: FaultKind, reason: string) => MegapteraError,
  { reason, message }: RemoteFault,
): MegapteraError {
  if (/name is not known/.test(message)) {
    return fault(
      "retry",
      "its server is not known: check the region (--aws-region, AWS_REGION) and the network",
    );
  }
  if (reason !== "passing") return fault("configuration", message);
  return fault("retry", `the service can't be asked now: ${message}; try again`);
}

/** Name of the stack, and of its queue and job definition. */
export const STACK = "megaptera";
