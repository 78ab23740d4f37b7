import { setTimeout as wait } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
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
 * What all that is read from or written to far away shares: connections, limits, and the count of
 * what came and what went wrong. Nothing is loaded or opened before the first request.
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
  /** As they were given. */
  readonly options: RemoteOptions;
  /** How long a server may be silent, in milliseconds. */
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
  /** What was recovered from by trying again, and how often. */
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

  /** As `close`, where a block that uses it ends. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** How places far away are asked. */
export interface RemoteOptions {
  /** Address of an S3 server other than Amazon's, as `http://127.0.0.1:7070`. */
  readonly endpoint?: string | undefined;
  /** Region of the bucket; what the SDK finds (environment, profile) where this is left out. */
  readonly region?: string | undefined;
  /** What a user says the region by: `--region` unless given. */
  readonly regionOption?: string | undefined;
  /** Bucket in the path rather than in the host's name; with an endpoint by default. */
  readonly pathStyle?: boolean | undefined;
  /** S3 requests are not signed, as public archives allow. */
  readonly unsigned?: boolean | undefined;
  /** Who asks pays, in buckets that want it so. */
  readonly requesterPays?: boolean | undefined;
  /** Origin of Google Cloud Storage: `https://storage.googleapis.com` unless given. */
  readonly googleStorage?: string | undefined;
  /** How long an answer or its body may be silent, in milliseconds: 30,000 unless given. */
  readonly stallMs?: number | undefined;
  /** For how long in all is tried without a byte got, in milliseconds: 600,000 unless given. */
  readonly patienceMs?: number | undefined;
  /** Ends whatever is under way, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** What tests put in the place of time and chance. */
  readonly seams?: Partial<RemoteSeams> | undefined;
}

/** Time and chance. */
export interface RemoteSeams {
  /** Waits so many milliseconds; rejects where the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Milliseconds of a clock that only goes forwards. */
  readonly now: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** Connections kept alive: as many as score files are asked for at a time. */
const IDLE = 32;

/**
 * Connections that can be made anew: an address that fails again and again may be one machine of many,
 * and what is kept alive would lead back to it. HTTP/1.1, so that ranges have connections of their
 * own: one that stalls stalls no other.
 */
export class Connection {
  #client: Deno.HttpClient | undefined;

  /** What `fetch` is to use. */
  get client(): Deno.HttpClient {
    this.#client ??= Deno.createHttpClient({ http2: false, poolMaxIdlePerHost: IDLE });
    return this.#client;
  }

  /** Lets later requests open new connections; what is under way goes on. */
  renew(): void {
    this.close();
  }

  /** Lets go of the connections. */
  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }
}
