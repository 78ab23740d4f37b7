import { MegapteraError } from "../../core/mod.ts";
import { awsFault } from "./aws_fault.ts";
import { clientSettings } from "./client_settings.ts";

/** "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", in vCPUs. */
const SPOT_QUOTA = { ServiceCode: "ec2", QuotaCode: "L-34B43A08" };

/**
 * How many Spot vCPUs the account may have; a new one may have very few.
 *
 * @param region The region.
 * @returns What was found, in words.
 * @throws {MegapteraError} `configuration` where it may have none.
 */
export async function checkQuota(region: string | undefined): Promise<string> {
  const { GetServiceQuotaCommand, ServiceQuotasClient } = await import(
    "@aws-sdk/client-service-quotas"
  );
  const client = new ServiceQuotasClient(clientSettings(region));
  try {
    const { Quota } = await client.send(new GetServiceQuotaCommand(SPOT_QUOTA));
    const vcpus = Quota?.Value ?? 0;
    if (vcpus >= 1) return `the account may have ${vcpus} vCPUs of Spot`;
    throw new MegapteraError(
      "configuration",
      `Cannot start Spot machines as the account's quota is ${vcpus} vCPUs: ask for more under ` +
        "Service Quotas, EC2, All Standard Spot Instance Requests.",
    );
  } catch (error) {
    throw awsFault("look at the quota of Spot vCPUs", error);
  } finally {
    client.destroy();
  }
}
