import assert from "node:assert/strict";
import { BatchClient } from "@aws-sdk/client-batch";
import { awsJobs } from "../../batch/aws/aws_jobs.ts";
import type { JobView } from "../../batch/runner.ts";

/** A job as Batch tells it, by its status. */
type Told = Record<string, string>;

/**
 * What is understood of an array of three where Batch lists and describes jobs so.
 *
 * @param listed Children by their index, and the status that they are listed under.
 * @param described Jobs by their id, and their status.
 */
async function jobsOf(listed: Told, described: Told): Promise<JobView[]> {
  const batch = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { jobs = [], jobStatus } = await request.json();
      if (request.url.endsWith("/describejobs")) {
        const known = jobs.filter((jobId: string) => jobId in described);
        return Response.json({
          jobs: known.map((jobId: string) => ({ jobId, status: described[jobId] })),
        });
      }
      const under = Object.keys(listed).filter((index) => listed[index] === jobStatus);
      return Response.json({
        jobSummaryList: under.map((index) => ({
          jobId: `a:${index}`,
          arrayProperties: { index: Number(index) },
        })),
      });
    },
  );
  const client = new BatchClient({
    endpoint: `http://127.0.0.1:${batch.addr.port}`,
    region: "us-west-2",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  try {
    return await awsJobs(client, "a", 3);
  } finally {
    client.destroy();
    await batch.shutdown();
  }
}

const statesOf = (jobs: readonly JobView[]): string[] =>
  jobs.map(({ index, state }) => `${index} ${state}`);

Deno.test("children that Batch has not made yet wait, and have not failed", async () => {
  assert.deepEqual(statesOf(await jobsOf({}, { a: "PENDING" })), [
    ...["0 waiting", "1 waiting", "2 waiting"],
  ]);
  const some = await jobsOf({ 1: "RUNNING" }, { a: "PENDING" });
  assert.deepEqual(statesOf(some), ["0 waiting", "1 running", "2 waiting"]);
});

Deno.test("a child that went back to an earlier state between two lists is looked up", async () => {
  const listed = { 0: "SUCCEEDED", 2: "FAILED" };
  const jobs = await jobsOf(listed, { a: "PENDING", "a:1": "RUNNABLE" });
  assert.deepEqual(statesOf(jobs), ["0 succeeded", "1 waiting", "2 failed"]);
});

Deno.test("an array that Batch has forgotten has no jobs", async () => {
  assert.deepEqual(await jobsOf({}, {}), []);
});
