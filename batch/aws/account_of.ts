import { awsFault } from "./aws_fault.ts";
import { clientSettings } from "./client_settings.ts";

/**
 * The account that the credentials are of.
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
