import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault, statusFault } from "./remote_fault.ts";
import { uriOf } from "./source.ts";
import type { FileVersion, RangeAnswer, Transport } from "./transport.ts";

/**
 * Asks http(s) servers. A strong ETag is pinned by `If-Match`; a weak one, or a time of change, can
 * only be compared with that of each answer.
 */
export class HttpTransport implements Transport {
  readonly uri: string;
  readonly #url: string;
  readonly #access: RemoteAccess;

  /**
   * @param url The file's address.
   * @param access How to ask.
   */
  constructor(url: string, access: RemoteAccess) {
    this.uri = uriOf(url);
    this.#url = url;
    this.#access = access;
  }

  async get(
    start: number,
    stop: number,
    version: FileVersion | undefined,
    signal: AbortSignal,
  ): Promise<RangeAnswer> {
    const headers: Record<string, string> = { range: `bytes=${start}-${stop - 1}` };
    if (version?.etag?.startsWith('"')) headers["if-match"] = version.etag;
    const response = await this.#ask("GET", headers, signal);
    return {
      status: response.status,
      contentRange: response.headers.get("content-range") ?? undefined,
      contentLength: numberOf(response.headers.get("content-length")),
      contentEncoding: response.headers.get("content-encoding") ?? undefined,
      etag: response.headers.get("etag") ?? undefined,
      lastModified: response.headers.get("last-modified") ?? undefined,
      body: response.body ?? new Blob().stream(),
    };
  }

  async head(signal: AbortSignal): Promise<FileVersion> {
    const response = await this.#ask("HEAD", {}, signal);
    await response.body?.cancel();
    const totalBytes = numberOf(response.headers.get("content-length"));
    if (totalBytes === undefined) {
      throw new RemoteFault("wrong answer", "the server does not say how long it is");
    }
    return {
      totalBytes,
      etag: response.headers.get("etag") ?? undefined,
      lastModified: response.headers.get("last-modified") ?? undefined,
    };
  }

  async #ask(
    method: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Response> {
    // Encoded, a body would be of another length than the range.
    const asked = { ...headers, "accept-encoding": "identity" };
    const { client } = this.#access.connection;
    const response = await fetch(this.#url, { method, headers: asked, signal, client });
    const isDowngrade = this.#url.startsWith("https:") && response.url.startsWith("http:");
    if (response.ok && !isDowngrade) return response;
    await response.body?.cancel();
    if (isDowngrade) {
      throw new RemoteFault("setting", "the server led to an address without encryption");
    }
    throw statusFault(response.status, response.statusText, response.headers.get("retry-after"));
  }
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
