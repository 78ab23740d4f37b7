import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A file that the server has. */
export interface StoredObject {
  bytes: Uint8Array<ArrayBuffer>;
  /** The ETag in its quotes; of the content unless given, `null` for none. */
  etag?: string | null;
  lastModified?: string;
}

/**
 * A server in this process that keeps objects in memory, and speaks as much of S3 as is needed: GET and
 * HEAD with `Range` and `If-Match`, conditional PUT, DELETE, and listings in pages of two. To GET it
 * is an ordinary http server, and it lists as Google Cloud Storage does.
 */
export class ObjectServer implements AsyncDisposable {
  /** By path: `/bucket/key`. */
  readonly objects = new Map<string, StoredObject>();
  /** Buckets that exist though they are empty. */
  readonly buckets = new Set(["sea"]);
  /** Paths of buckets or keys that answer 403. */
  readonly forbidden = new Set<string>();
  /** As servers do that know no conditional writes. */
  ignoresConditions = false;
  /** Writes whose body had not the checksum it was sent with. */
  refusedBodies = 0;
  /** By path: reads beyond its first bytes wait for this. */
  readonly held = new Map<string, Promise<void>>();
  /** What was asked, as `GET /path bytes=0-9`. */
  readonly requests: string[] = [];
  /** Done before a request is answered, and after it took effect but before who asked is told. */
  gate?: (request: http.IncomingMessage, when: "before" | "after") => Promise<void>;
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const parts: Uint8Array[] = [];
      this.requests.push(`${request.method} ${request.url} ${request.headers.range ?? ""}`.trim());
      request.on("data", (part: Uint8Array) => parts.push(part));
      request.on(
        "end",
        async () => {
          const isBeyond = !/^bytes=0-/.test(request.headers.range ?? "bytes=0-");
          if (isBeyond) await this.held.get(new URL(request.url!, this.origin).pathname);
          await this.gate?.(request, "before");
          const answer = new HeldAnswer();
          this.#answer(request, answer, new Uint8Array(Buffer.concat(parts)));
          await this.gate?.(request, "after");
          response.writeHead(answer.status, answer.headers).end(answer.body);
        },
      );
    });
  }

  static async start(): Promise<ObjectServer> {
    const server = new ObjectServer();
    await new Promise<void>((done) => server.#server.listen(0, "127.0.0.1", done));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  #answer(request: http.IncomingMessage, response: HeldAnswer, body: Uint8Array): void {
    const url = new URL(request.url!, this.origin);
    const path = decodeURIComponent(url.pathname);
    const bucket = path.split("/")[1];
    const listed = /^\/storage\/v1\/b\/([^/]+)\/o$/.exec(path);
    const refuse = (status: number, code: string): void => {
      response.writeHead(status, { "content-type": "application/xml" });
      const text =
        `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (listed) return this.#listAsGoogle(url, listed[1], response);
    if (this.forbidden.has(path) || this.forbidden.has(`/${bucket}`)) {
      return refuse(403, "AccessDenied");
    }
    if (!this.buckets.has(bucket)) return refuse(404, "NoSuchBucket");
    if (url.searchParams.has("list-type")) return this.#list(url, bucket, response);
    const found = this.objects.get(path);
    const wanted = request.headers["if-match"];
    if (request.method === "PUT") {
      const sum = createHash("md5").update(body).digest("base64");
      if ((request.headers["content-md5"] ?? sum) !== sum) {
        this.refusedBodies++;
        return refuse(400, "BadDigest");
      }
      const isConditional = !this.ignoresConditions;
      if (isConditional && wanted !== undefined && !found) return refuse(404, "NoSuchKey");
      const exists = request.headers["if-none-match"] === "*" && found;
      const isOther = wanted !== undefined && found && wanted !== tagOf(found);
      if (isConditional && (exists || isOther)) {
        return refuse(412, "PreconditionFailed");
      }
      const lastModified = new Date().toUTCString();
      const object = { bytes: new Uint8Array(body), lastModified };
      this.objects.set(path, object);
      response.writeHead(200, { etag: tagOf(object)! });
      response.end();
      return;
    }
    if (request.method === "DELETE") {
      this.objects.delete(path);
      response.writeHead(204);
      response.end();
      return;
    }
    if (!found) return refuse(404, "NoSuchKey");
    const tag = tagOf(found);
    if (wanted !== undefined && wanted !== tag) return refuse(412, "PreconditionFailed");
    const headers: Record<string, string | number> = {
      ...tag ? { etag: tag } : {},
      ...found.lastModified ? { "last-modified": found.lastModified } : {},
    };
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    let [start, stop] = [0, found.bytes.length];
    if (range) {
      start = Number(range[1]);
      if (start >= found.bytes.length) return refuse(416, "InvalidRange");
      stop = Math.min(stop, Number(range[2]) + 1);
      headers["content-range"] = `bytes ${start}-${stop - 1}/${found.bytes.length}`;
    }
    response.writeHead(range ? 206 : 200, { ...headers, "content-length": stop - start });
    response.end(request.method === "HEAD" ? undefined : found.bytes.subarray(start, stop));
  }

  #listAsGoogle(url: URL, bucket: string, response: HeldAnswer): void {
    const status = !this.buckets.has(bucket) ? 404 : this.forbidden.has(`/${bucket}`) ? 403 : 200;
    const prefix = `/${bucket}/${url.searchParams.get("prefix") ?? ""}`;
    const first = Number(url.searchParams.get("pageToken") ?? 0);
    const paths = [...this.objects.keys()].filter((path) => path.startsWith(prefix)).sort();
    const items = paths.slice(first, first + 2).map((path) => {
      const { bytes } = this.objects.get(path)!;
      const md5Hash = createHash("md5").update(bytes).digest("base64");
      return { name: path.slice(bucket.length + 2), size: String(bytes.length), md5Hash };
    });
    const more = first + 2 < paths.length ? { nextPageToken: String(first + 2) } : {};
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? { items, ...more } : { error: status }));
  }

  #list(url: URL, bucket: string, response: HeldAnswer): void {
    const prefix = `/${bucket}/${url.searchParams.get("prefix") ?? ""}`;
    const first = Number(url.searchParams.get("continuation-token") ?? 0);
    const paths = [...this.objects.keys()].filter((path) => path.startsWith(prefix)).sort();
    const page = paths.slice(first, first + 2);
    const contents = page.map((path) => {
      const object = this.objects.get(path)!;
      const key = path.slice(bucket.length + 2).replaceAll("&", "&amp;");
      const tag = tagOf(object)?.replaceAll('"', "&quot;") ?? "";
      const changed = object.lastModified === undefined
        ? ""
        : `<LastModified>${new Date(object.lastModified).toISOString()}</LastModified>`;
      return `<Contents><Key>${key}</Key><Size>${object.bytes.length}</Size>` +
        `<ETag>${tag}</ETag>${changed}</Contents>`;
    });
    const more = first + 2 < paths.length;
    const token = more ? `<NextContinuationToken>${first + 2}</NextContinuationToken>` : "";
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${token}` +
        `${contents.join("")}</ListBucketResult>`,
    );
  }
}

/** An answer that is not sent yet. */
class HeldAnswer {
  status = 200;
  headers: Record<string, string | number> = {};
  body: string | Uint8Array | undefined;

  writeHead(status: number, headers: Record<string, string | number> = {}): void {
    Object.assign(this, { status, headers });
  }

  end(body?: string | Uint8Array): void {
    this.body = body;
  }
}

/** Of contents, which are not changed in place. */
const tags = new WeakMap<Uint8Array, string>();

function tagOf({ bytes, etag }: StoredObject): string | undefined {
  if (etag !== undefined) return etag ?? undefined;
  let tag = tags.get(bytes);
  if (tag === undefined) {
    tag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    tags.set(bytes, tag);
  }
  return tag;
}
