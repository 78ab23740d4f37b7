import { MegapteraError } from "../../core/mod.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault } from "./remote_fault.ts";
import { parseS3Place, s3Fault, type S3Place } from "./s3_client.ts";
import { uriOf } from "./source.ts";
import type { FileVersion, RangeAnswer, Transport } from "./transport.ts";

/** Asks S3 servers; the ETag is pinned by `If-Match`. */
export class S3Transport implements Transport {
  readonly uri: string;
  readonly #place: S3Place;
  readonly #access: RemoteAccess;

  /**
   * @param place The object, `s3://bucket/key`.
   * @param access How to ask.
   * @throws {MegapteraError} `usage` where it names no bucket or no key.
   */
  constructor(place: string, access: RemoteAccess) {
    this.uri = uriOf(place);
    this.#place = parseS3Place(place);
    if (this.#place.key === "") {
      throw new MegapteraError(
        "usage",
        `Cannot read ${place} as a recording in S3 is s3://bucket/key: it names no key.`,
      );
    }
    this.#access = access;
  }

  async get(
    start: number,
    stop: number,
    version: FileVersion | undefined,
    signal: AbortSignal,
  ): Promise<RangeAnswer> {
    const { GetObjectCommand } = await import("@aws-sdk/client-s3");
    const command = new GetObjectCommand({
      ...this.#request(),
      Range: `bytes=${start}-${stop - 1}`,
      ...version?.etag ? { IfMatch: version.etag } : {},
    });
    const client = await this.#access.s3();
    const answer = await this.#tell(() => client.send(command, { abortSignal: signal }));
    return {
      status: answer.$metadata.httpStatusCode ?? 0,
      contentRange: answer.ContentRange,
      contentLength: answer.ContentLength,
      contentEncoding: answer.ContentEncoding,
      etag: answer.ETag,
      lastModified: answer.LastModified?.toISOString(),
      body: answer.Body as unknown as ReadableStream<Uint8Array>,
    };
  }

  async head(signal: AbortSignal): Promise<FileVersion> {
    const { HeadObjectCommand } = await import("@aws-sdk/client-s3");
    const command = new HeadObjectCommand(this.#request());
    const client = await this.#access.s3();
    const answer = await this.#tell(() => client.send(command, { abortSignal: signal }));
    if (answer.ContentLength === undefined) {
      throw new RemoteFault("wrong answer", "the server does not say how long it is");
    }
    return {
      totalBytes: answer.ContentLength,
      etag: answer.ETag,
      lastModified: answer.LastModified?.toISOString(),
    };
  }

  #request(): { Bucket: string; Key: string; RequestPayer?: "requester" } {
    const { bucket, key } = this.#place;
    const pays = this.#access.options.requesterPays;
    return { Bucket: bucket, Key: key, ...pays ? { RequestPayer: "requester" } : {} };
  }

  async #tell<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      const { unsigned, regionOption } = this.#access.options;
      const { bucket } = this.#place;
      throw s3Fault(error, { bucket, right: "s3:GetObject", unsigned, regionOption });
    }
  }
}
