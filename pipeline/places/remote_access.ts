import { setTimeout as wait } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { Connection, type RemoteOptions, type RemoteSeams } from "./connection.ts";
import { makeS3Client } from "./s3_client.ts";

const REAL_SEAMS: RemoteSeams = {
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal ? { signal } : {}).catch((error) => {
      signal?.throwIfAborted();
      throw error;
    });
  },
  now: () => performance.now(),
  random: Math.random,
};

/**
 * Shares connections, limits, and the count of bytes and failures among all that is read or written
 * far away. Nothing is loaded or opened before the first request.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RemoteAccess } from "./remote_access.ts";
 * const access = new RemoteAccess({ region: "us-west-2", unsigned: true });
 * assert.equal(access.bytesFetched, 0);
 * access.close();
 * ```
 */
export class RemoteAccess implements Disposable {
  /** Options as they were given. */
  readonly options: RemoteOptions;
  /** Longest silence of a server, in milliseconds. */
  readonly stallMs: number;
  /** For how long in all is tried without getting on, in milliseconds. */
  readonly patienceMs: number;
  /** Time and chance. */
  readonly seams: RemoteSeams;
  /** The connections of http requests. */
  readonly connection = new Connection();
  /** Whether any server has answered yet. */
  hasAnswered = false;
  /** Bytes of recordings that came, those that came twice included. */
  bytesFetched = 0;
  /** Failures that trying again has mended, and how often. */
  readonly recoveries = new Map<string, number>();
  #s3: Promise<S3Client> | undefined;

  /** @param options How to ask; everything may be left out. */
  constructor(options: RemoteOptions = {}) {
    this.options = options;
    this.stallMs = options.stallMs ?? 30_000;
    this.patienceMs = options.patienceMs ?? 600_000;
    this.seams = { ...REAL_SEAMS, ...options.seams };
  }

  /** Ends whatever is under way. */
  get signal(): AbortSignal | undefined {
    return this.options.signal;
  }

  /**
   * The S3 client, made by the first call.
   *
   * @throws {RemoteFault} `setting` or `denied` where a region or credentials are wanting.
   */
  s3(): Promise<S3Client> {
    this.#s3 ??= makeS3Client(this.options, this.connection).catch((error) => {
      this.#s3 = undefined;
      throw error;
    });
    return this.#s3;
  }

  /** Counts a failure that trying again has mended. */
  recovered(what: string): void {
    this.recoveries.set(what, (this.recoveries.get(what) ?? 0) + 1);
  }

  /** Lets go of the connections; a later request opens new ones. */
  close(): void {
    this.connection.close();
  }

  /** Closes it where a block that uses it ends. */
  [Symbol.dispose](): void {
    this.close();
  }
}
