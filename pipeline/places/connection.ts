/** Options of all that is read or written far away. */
export interface RemoteOptions {
  /** Address of an S3 server other than Amazon's, as `http://127.0.0.1:7070`. */
  readonly endpoint?: string | undefined;
  /** Region of the bucket; what the SDK finds (environment, profile) where this is left out. */
  readonly region?: string | undefined;
  /** Option that a user names the region by, for messages: `--region` unless given. */
  readonly regionOption?: string | undefined;
  /** Bucket in the path rather than in the host's name; with an endpoint by default. */
  readonly pathStyle?: boolean | undefined;
  /** S3 requests are not signed, as public archives allow. */
  readonly unsigned?: boolean | undefined;
  /** Whether the one who asks pays, as some buckets demand. */
  readonly requesterPays?: boolean | undefined;
  /** Origin of Google Cloud Storage: `https://storage.googleapis.com` unless given. */
  readonly googleStorage?: string | undefined;
  /** Longest silence of an answer or its body, in milliseconds: 30,000 unless given. */
  readonly stallMs?: number | undefined;
  /** For how long in all is tried without a byte got, in milliseconds: 600,000 unless given. */
  readonly patienceMs?: number | undefined;
  /** Ends whatever is under way, with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Time and chance as a test decides them. */
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

/**
 * Connections that can be made anew: an address that fails again and again may be one machine of many,
 * and what is kept alive would lead back to it. HTTP/1.1, so that ranges have connections of their
 * own: one that stalls stalls no other.
 */
export class Connection {
  #client: Deno.HttpClient | undefined;

  /** Client that `fetch` is to use. */
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

/** Connections kept alive: as many as score files are asked for at a time. */
const IDLE = 32;
