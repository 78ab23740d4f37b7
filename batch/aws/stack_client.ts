import { setTimeout as wait } from "node:timers/promises";
import type { CloudFormationClient, Stack, StackEvent } from "@aws-sdk/client-cloudformation";
import { MegapteraError } from "../../core/mod.ts";
import { awsFault, clientSettings, STACK } from "./aws_client.ts";

const POLL_MS = 5_000;
const UNDER_WAY = /_IN_PROGRESS$/;
const SUCCEEDED = /^(CREATE|UPDATE)_COMPLETE$/;

/** A stack that is so can only be removed. */
const CAN_NOT_CHANGE = /^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED|DELETE_FAILED)$/;

/** Values of the template's parameters. */
type StackParameters = Readonly<Record<string, string>>;

/** Hears of each step that CloudFormation takes, in words. */
type OnStep = (line: string) => void;

/** Makes, finds and removes the stack of `batch/stack.yaml` in one region. */
export class StackClient {
  readonly #client: Promise<CloudFormationClient>;
  readonly #pollMs: number;

  /**
   * @param region The region; as AWS tools find it where it is left out.
   * @param pollMs Milliseconds between two looks at how it goes.
   */
  constructor(region: string | undefined, pollMs: number = POLL_MS) {
    this.#pollMs = pollMs;
    this.#client = import("@aws-sdk/client-cloudformation").then(({ CloudFormationClient }) =>
      new CloudFormationClient(clientSettings(region))
    );
  }

  /** Finds the region that is asked. */
  async region(): Promise<string> {
    return await this.#ask("find the region", async (client) => await client.config.region());
  }

  /** Finds the stack; nothing where there is none. */
  async find(): Promise<Stack | undefined> {
    const { DescribeStacksCommand } = await import("@aws-sdk/client-cloudformation");
    return await this.#ask(`look at the stack ${STACK}`, async (client) => {
      try {
        const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
        return Stacks.find(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
      } catch (error) {
        if (/does not exist/.test((error as Error).message)) return undefined;
        throw error;
      }
    });
  }

  /**
   * Creates the stack, or changes it, and waits for the end.
   *
   * @param template The template's text.
   * @param parameters Its parameters.
   * @param onStep Told what happens.
   * @throws {MegapteraError} With what failed, in CloudFormation's words.
   */
  async put(template: string, parameters: StackParameters, onStep: OnStep): Promise<void> {
    const { CreateStackCommand, UpdateStackCommand } = await import(
      "@aws-sdk/client-cloudformation"
    );
    const there = await this.find();
    if (CAN_NOT_CHANGE.test(there?.StackStatus ?? "")) {
      throw new MegapteraError(
        "configuration",
        `Cannot set up the stack ${STACK} as what is there is left of a set-up or teardown that ` +
          `failed (${there!.StackStatus}): remove it with \`megaptera batch-teardown\` first.`,
      );
    }
    const input = {
      StackName: STACK,
      TemplateBody: template,
      Capabilities: ["CAPABILITY_IAM" as const],
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
    };
    const since = new Date();
    const isChanged = await this.#ask(`set up the stack ${STACK}`, async (client) => {
      try {
        if (there) await client.send(new UpdateStackCommand(input));
        else await client.send(new CreateStackCommand(input));
        return true;
      } catch (error) {
        if (/No updates are to be performed/.test((error as Error).message)) return false;
        throw error;
      }
    });
    if (!isChanged) return onStep("nothing has changed");
    const status = await this.#untilDone(since, onStep);
    if (SUCCEEDED.test(status ?? "")) return;
    throw new MegapteraError(
      "configuration",
      `Cannot set up the stack ${STACK} as CloudFormation ended with ${status}: ` +
        `${await this.#failures(since)}; remove it with \`megaptera batch-teardown\`, mend that, ` +
        "and try again.",
    );
  }

  /** Removes the stack and waits for the end; what it retains stays. */
  async remove(onStep: OnStep): Promise<void> {
    const { DeleteStackCommand } = await import("@aws-sdk/client-cloudformation");
    const since = new Date();
    await this.#ask(`remove the stack ${STACK}`, async (client) => {
      await client.send(new DeleteStackCommand({ StackName: STACK }));
    });
    const status = await this.#untilDone(since, onStep);
    if (status === undefined) return;
    throw new MegapteraError(
      "configuration",
      `Cannot remove the stack ${STACK} as CloudFormation ended with ${status}: ` +
        `${await this.#failures(since)}.`,
    );
  }

  /** Lets go of the connections. */
  async close(): Promise<void> {
    (await this.#client).destroy();
  }

  /** Waits for the stack to end a change, and gives its status; nothing where it is gone. */
  async #untilDone(since: Date, onStep: OnStep): Promise<string | undefined> {
    const told = new Set<string>();
    for (;;) {
      const stack = await this.find();
      for (const { EventId, LogicalResourceId, ResourceStatus } of await this.#events(since)) {
        if (told.has(EventId!) || UNDER_WAY.test(ResourceStatus!)) continue;
        told.add(EventId!);
        onStep(`${ResourceStatus!.toLowerCase().replaceAll("_", " ")}: ${LogicalResourceId}`);
      }
      if (stack === undefined || !UNDER_WAY.test(stack.StackStatus!)) return stack?.StackStatus;
      await wait(this.#pollMs);
    }
  }

  async #failures(since: Date): Promise<string> {
    const failed = (await this.#events(since)).filter(({ ResourceStatus, ResourceStatusReason }) =>
      /_FAILED$/.test(ResourceStatus!) && !/cancelled/i.test(ResourceStatusReason ?? "")
    );
    const said = failed.map(({ LogicalResourceId, ResourceStatusReason }) =>
      `${LogicalResourceId}: ${ResourceStatusReason ?? "no reason given"}`
    );
    return said.length === 0 ? "it does not say why" : said.slice(0, 3).join("; ");
  }

  async #events(since: Date): Promise<StackEvent[]> {
    const { DescribeStackEventsCommand } = await import("@aws-sdk/client-cloudformation");
    const client = await this.#client;
    // A stack that is gone has no events by its name.
    const { StackEvents = [] } = await client
      .send(new DescribeStackEventsCommand({ StackName: STACK })).catch(() => ({
        StackEvents: [] as StackEvent[],
      }));
    return StackEvents.filter(({ Timestamp }) => Timestamp! >= since).reverse();
  }

  async #ask<Answer>(
    what: string,
    ask: (client: CloudFormationClient) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await ask(await this.#client);
    } catch (error) {
      throw awsFault(what, error);
    }
  }
}

/**
 * Tells whether a bucket is there and ours.
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
