/** What every client of Amazon's services is made with: the SDK tries again, and nothing hangs. */
export interface ClientSettings {
  region?: string;
  maxAttempts: number;
  requestHandler: { requestTimeout: number; connectionTimeout: number };
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
    requestHandler: { requestTimeout: 30_000, connectionTimeout: 10_000 },
  };
}
