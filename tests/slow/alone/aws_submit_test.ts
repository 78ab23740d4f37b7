import assert from "node:assert/strict";
import { AwsRunner } from "../../../batch/aws/aws_runner.ts";
import type { Submission } from "../../../batch/submission.ts";
import { openStorage } from "../../../pipeline/places/mod.ts";

/** What Batch is sent for a submission of so many shares. */
async function sentFor(shares: number): Promise<Record<string, unknown>> {
  let sent: Record<string, unknown> = {};
  const serve = async (request: Request): Promise<Response> => {
    const body = await request.json();
    if (request.url.endsWith("/describejobqueues")) {
      return Response.json({ jobQueues: [{ jobQueueName: "megaptera" }] });
    }
    sent = body;
    return Response.json({ jobId: "job", jobName: body.jobName });
  };
  const batch = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, serve);
  const variables = {
    AWS_ENDPOINT_URL_BATCH: `http://127.0.0.1:${batch.addr.port}`,
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  };
  for (const [name, value] of Object.entries(variables)) Deno.env.set(name, value);
  const submission: Submission = {
    format: "megaptera-submission/1",
    run: "20210101-20220101-0123abcd",
    number: 1,
    on: "aws",
    submitted: "2021-02-01T00:00:00Z",
    shares: Array.from({ length: shares }, (_, share) => share),
    vcpus: 2,
    hoursDone: 0,
    settings: {},
  };
  try {
    const runner = new AwsRunner({ awsRegion: "us-west-2" }, openStorage("s3://sea/out"));
    const environment = { MEGAPTERA_RUN: submission.run };
    const job = await runner.submit({ submission, environment, limitSeconds: 5400 });
    assert.deepEqual(job, { id: "job", at: "us-west-2" });
  } finally {
    for (const name of Object.keys(variables)) Deno.env.delete(name);
    await batch.shutdown();
  }
  return sent;
}

Deno.test("an array has as many children as shares, each told its run, region, memory and limit", async () => {
  const sent = await sentFor(10_000);
  assert.deepEqual(sent.arrayProperties, { size: 10_000 });
  assert.match(String(sent.jobName), /^[A-Za-z0-9][\w-]{0,127}$/);
  assert.deepEqual(sent.timeout, { attemptDurationSeconds: 5400 });
  assert.deepEqual(sent.containerOverrides, {
    environment: [
      { name: "AWS_REGION", value: "us-west-2" },
      { name: "MEGAPTERA_RUN", value: "20210101-20220101-0123abcd" },
    ],
    resourceRequirements: [{ type: "VCPU", value: "2" }, { type: "MEMORY", value: "3400" }],
  });
});

Deno.test("one share alone is a plain job, since an array has two children at least", async () => {
  assert.equal("arrayProperties" in await sentFor(1), false);
  assert.deepEqual((await sentFor(2)).arrayProperties, { size: 2 });
});
