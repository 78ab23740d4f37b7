import type { AddressInfo } from "node:net";
import http from "node:http";

/** A job or array that the made-up Batch was handed. */
export interface MadeUpJob {
  id: string;
  name: string;
  size: number;
  status: "RUNNABLE" | "FAILED";
  createdAt: number;
}

/**
 * As much of AWS Batch as a submitter asks, in this process: jobs are taken, wait for ever, and can be
 * terminated.
 */
export class MadeUpBatch implements AsyncDisposable {
  readonly jobs: MadeUpJob[] = [];
  /** Done before a request is answered, and after it took effect but before who asked is told. */
  gate?: (request: http.IncomingMessage, when: "before" | "after") => Promise<void>;
  readonly #server = http.createServer((request, response) => {
    const parts: Uint8Array[] = [];
    request.on("data", (part: Uint8Array) => parts.push(part));
    request.on("end", async () => {
      await this.gate?.(request, "before");
      const body = JSON.parse(Buffer.concat(parts).toString() || "{}");
      const answer = this.#answer(request.url!, body);
      await this.gate?.(request, "after");
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });

  static async start(): Promise<MadeUpBatch> {
    const batch = new MadeUpBatch();
    await new Promise<void>((done) => batch.#server.listen(0, "127.0.0.1", done));
    return batch;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Those that have not ended. */
  get living(): MadeUpJob[] {
    return this.jobs.filter(({ status }) => status === "RUNNABLE");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  // deno-lint-ignore no-explicit-any
  #answer(path: string, body: any): unknown {
    switch (path) {
      case "/v1/describejobqueues":
        return { jobQueues: [{ jobQueueName: "megaptera", state: "ENABLED", status: "VALID" }] };
      case "/v1/submitjob": {
        const id = crypto.randomUUID();
        const size = body.arrayProperties?.size ?? 1;
        const createdAt = Date.now();
        this.jobs.push({ id, name: body.jobName, size, status: "RUNNABLE", createdAt });
        return { jobId: id, jobName: body.jobName };
      }
      case "/v1/listjobs":
        return { jobSummaryList: this.#list(body) };
      case "/v1/describejobs":
        return {
          jobs: this.jobs.filter(({ id }) => body.jobs.includes(id)).map((job) => ({
            jobId: job.id,
            jobName: job.name,
            status: job.status,
          })),
        };
      case "/v1/terminatejob":
        for (const job of this.jobs) if (job.id === body.jobId) job.status = "FAILED";
        return {};
      default:
        return {};
    }
  }

  // deno-lint-ignore no-explicit-any
  #list({ arrayJobId, jobStatus, filters }: any): unknown[] {
    const array = this.jobs.find(({ id }) => id === arrayJobId);
    if (array) {
      if (array.status !== jobStatus) return [];
      return Array.from({ length: array.size }, (_, index) => ({
        jobId: `${array.id}:${index}`,
        jobName: array.name,
        arrayProperties: { index },
      }));
    }
    const names: string[] = filters?.[0]?.values ?? [];
    return this.jobs.filter(({ name }) => names.includes(name)).map((job) => ({
      jobId: job.id,
      jobName: job.name,
      createdAt: job.createdAt,
    }));
  }
}
