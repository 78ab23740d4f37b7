import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  ListJobsCommand,
  RegisterJobDefinitionCommand,
  TerminateJobCommand,
} from "@aws-sdk/client-batch";
import { RETRY_STRATEGY } from "../../batch/aws/aws_runner.ts";
import { WORKER, WORKER_ARGUMENTS } from "../../batch/runner.ts";
import { buildWorkerImage, HAS_BUILDAH } from "../helpers/buildah.ts";
import { HAS_MOTO_BATCH, type Moto, RUN_IMAGE, startMoto } from "../helpers/moto.ts";
import { startVersitygw, VERSITYGW } from "../helpers/versitygw.ts";
import { attemptsOf, batchSuite } from "./batch_suite.ts";

/** Hours in the first two shares that keep their workers waiting until their hosts are reclaimed. */
const RECLAIMED = [1, 5];

/** Keys that the S3 server takes. */
const KEYS = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "testtest",
  AWS_REGION: "us-west-2",
};

/** Runs the suite on a Batch whose jobs run as processes, or in an image. */
async function onBatch(
  definition: (folder: string) => JobDefinition,
  options: readonly string[],
): Promise<void> {
  const isPlain = options.length === 0;
  const folder = await Deno.makeTempDir({ prefix: "aws-" });
  try {
    const buckets = join(folder, "buckets");
    await Deno.mkdir(join(buckets, "whales"), { recursive: true });
    await using s3 = await startVersitygw(buckets);
    await using moto = await startMoto({ ...KEYS, NO_COLOR: "1" }, ["--slots", "2", ...options]);
    const client = await makeQueue(moto, definition(folder));
    const reach = ["--endpoint", s3.origin, "--out-region", "us-west-2"];
    await batchSuite({
      on: "aws",
      folder,
      out: "s3://whales/scores",
      outFolder: join(buckets, "whales", "scores"),
      environment: moto.environment,
      options: reach,
      stop: async (share) => {
        const jobId = await firstArray(client, 12);
        const reason = "killed by a test";
        await client.send(new TerminateJobCommand({ jobId: `${jobId}:${share}`, reason }));
      },
      held: RECLAIMED,
      disturb: async (ask) => {
        const { out } = await ask("batch-status", "--out", "s3://whales/scores", ...reach);
        assert.match(out, /jobs {4}2 running, 10 waiting, 0 succeeded, 0 failed/);
        // Of a host that goes Batch may see no more than that the worker ended on its SIGTERM.
        if (isPlain) await terminateWorker("s3://whales/scores", 1);
        moto.reclaim();
        await untilTriedOnce(client, await firstArray(client, 12));
      },
    });
    const scores = join(buckets, "whales", "scores");
    assert.deepEqual(await attemptsOf(scores, "00000"), ["0001-01.jsonl", "0001-02.jsonl"]);
    assert.ok((await attemptsOf(scores, "00001")).length >= 2);
    client.destroy();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test({
  name:
    "on AWS Batch reclaimed, killed and failing children are told, and retry gives score's bytes",
  ignore: !HAS_MOTO_BATCH || VERSITYGW === undefined,
  fn: () =>
    onBatch((folder) => ({
      image: "none",
      command: [Deno.execPath(), ...WORKER_ARGUMENTS, WORKER],
      environment: { MEGAPTERA_CACHE: join(folder, "cache") },
    }), []),
});

Deno.test({
  name: "on AWS Batch the same holds for jobs in the image",
  ignore: !HAS_MOTO_BATCH || VERSITYGW === undefined || !HAS_BUILDAH,
  fn: async () => {
    await using image = await buildWorkerImage();
    const runner = ["--runner", `${RUN_IMAGE} {image}`];
    await onBatch(() => ({ image: image.name, command: [], environment: KEYS }), runner);
  },
});

/** Ends the worker of a job as a host that goes does, found by its environment. */
async function terminateWorker(out: string, index: number): Promise<void> {
  const find = 'for p in /proc/[0-9]*; do e=$(tr "\\0" "\\n" <"$p/environ" 2>/dev/null) && ' +
    'echo "$e" | grep -qx "AWS_BATCH_JOB_ARRAY_INDEX=$1" && ' +
    'echo "$e" | grep -qxF "MEGAPTERA_OUT=$2" && kill -TERM "${p#/proc/}" && echo ended; done';
  const args = ["-c", find, "sh", String(index), out];
  const { stdout } = await new Deno.Command("sh", { args, stderr: "null" }).output();
  assert.equal(new TextDecoder().decode(stdout), "ended\n");
}

async function firstArray(client: BatchClient, size: number): Promise<string> {
  const { jobSummaryList = [] } = await client.send(new ListJobsCommand({ jobQueue: "megaptera" }));
  return jobSummaryList.find(({ arrayProperties }) => arrayProperties?.size === size)!.jobId!;
}

/** Waits until the first two children's first tries have ended. */
async function untilTriedOnce(client: BatchClient, jobId: string): Promise<void> {
  const jobs = [`${jobId}:0`, `${jobId}:1`];
  for (let tries = 0; tries < 1200; tries++) {
    const { jobs: told = [] } = await client.send(new DescribeJobsCommand({ jobs }));
    if (told.length === 2 && told.every(({ container }) => container?.exitCode !== undefined)) {
      return;
    }
    await wait(100);
  }
  throw new Error("the reclaimed jobs went on");
}

/** What of a job definition differs. */
interface JobDefinition {
  image: string;
  command: string[];
  environment: Record<string, string>;
}

/** The queue and job definition that the stack would make. */
async function makeQueue(moto: Moto, definition: JobDefinition): Promise<BatchClient> {
  const { image, command, environment } = definition;
  const credentials = { accessKeyId: "test", secretAccessKey: "testtest" };
  const settings = { endpoint: moto.origin, region: "us-west-2", credentials };
  const ask = async (service: string, fields: Record<string, string>): Promise<string> => {
    const version = service === "iam" ? "2010-05-08" : "2016-11-15";
    const body = new URLSearchParams({ Version: version, ...fields });
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=a/20210101/us-west-2/${service}/aws4_request`,
    };
    return await (await fetch(moto.origin, { method: "POST", body, headers })).text();
  };
  const of = (xml: string, tag: string): string => new RegExp(`<${tag}>([^<]+)`).exec(xml)![1];
  const subnet = of(await ask("ec2", { Action: "DescribeSubnets" }), "subnetId");
  const group = of(await ask("ec2", { Action: "DescribeSecurityGroups" }), "groupId");
  const role = of(
    await ask("iam", { Action: "CreateRole", RoleName: "r", AssumeRolePolicyDocument: "{}" }),
    "Arn",
  );
  const profile = of(
    await ask("iam", { Action: "CreateInstanceProfile", InstanceProfileName: "p" }),
    "Arn",
  );
  const client = new BatchClient(settings);
  const { computeEnvironmentArn } = await client.send(
    new CreateComputeEnvironmentCommand({
      computeEnvironmentName: "spot",
      type: "MANAGED",
      state: "ENABLED",
      serviceRole: role,
      computeResources: {
        type: "SPOT",
        minvCpus: 0,
        maxvCpus: 4,
        instanceTypes: ["c6i"],
        subnets: [subnet],
        securityGroupIds: [group],
        instanceRole: profile,
      },
    }),
  );
  await client.send(
    new CreateJobQueueCommand({
      jobQueueName: "megaptera",
      state: "ENABLED",
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentArn }],
    }),
  );
  await client.send(
    new RegisterJobDefinitionCommand({
      jobDefinitionName: "megaptera",
      type: "container",
      retryStrategy: RETRY_STRATEGY,
      containerProperties: {
        image,
        command,
        environment: Object.entries(environment).map(([name, value]) => ({ name, value })),
        resourceRequirements: [{ type: "VCPU", value: "1" }, { type: "MEMORY", value: "1700" }],
      },
    }),
  );
  return client;
}
