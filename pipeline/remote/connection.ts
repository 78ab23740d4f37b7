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
