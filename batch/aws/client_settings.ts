import { FetchHttpHandler } from "@smithy/fetch-http-handler";

/** What every client of Amazon's services is made with: the SDK tries again, and nothing hangs. */
export interface ClientSettings {
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
