import http from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** What the proxy does to the requests that a rule is for; the first rule that applies counts. */
export interface FaultRule {
  /** Only requests of this method. */
  method?: string;
  /** Only requests whose path and query match. */
  match?: RegExp;
  /** Which of those, counted from 1, both included: all by default. */
  from?: number;
  to?: number;
  /** Answers with this status instead of asking the server. */
  status?: number;
  /** The S3 code of that answer: SlowDown unless given. */
  code?: string;
  /** Headers of the answer that are set, or with `null` left out; of the server's answer too. */
  headers?: Record<string, string | null>;
  /** Asks the server with this range instead; with `null` with none. Breaks signed requests. */
  range?: string | null;
  /** Asks the server without `If-Match`, as a proxy may that does not know it. */
  dropsConditions?: boolean;
  /** Closes the connection after so many bytes of the body; before an answer where it is −1. */
  cutAfter?: number;
  /** Resets it there. */
  resetAfter?: number;
  /** Asks the server, and closes the connection instead of passing its answer on. */
  loseAnswer?: boolean;
  /** Ends the body there as if it were whole; needs `headers: { "content-length": null }`. */
  endAfter?: number;
  /** Sends nothing more from there on, and keeps the connection. */
  stallAfter?: number;
  /** Waits so long before it asks. */
  delayMs?: number;
  /** Sends no faster than this. */
  bytesPerSecond?: number;
  /** Is told of each request that the rule applies to, before anything is done. */
  onRequest?: () => void;
}

/**
 * A proxy in this process between a client and an http or S3 server on this machine, that does harm by
 * rules. The header `Host` is kept, so that signatures still hold. Counts what passes.
 */
export class FaultProxy implements AsyncDisposable {
  /** May be changed at any time; each rule counts for itself. */
  rules: FaultRule[];
  /** Requests that came, as `GET /path bytes=0-9`. */
  readonly requests: string[] = [];
  /** Bytes of bodies sent on to the client. */
  bytesSent = 0;
  /** The most requests that were being answered at one time. */
  mostAtOnce = 0;
  #atOnce = 0;
  readonly #counts = new Map<FaultRule, number>();
  readonly #upstreamPort: number;
  #server: http.Server | undefined;
  #port = 0;

  private constructor(upstreamPort: number, rules: FaultRule[]) {
    this.#upstreamPort = upstreamPort;
    this.rules = rules;
  }

  /**
   * Starts a proxy on a free port.
   *
   * @param upstreamPort The server's port on 127.0.0.1.
   * @param rules What to do harm to.
   */
  static async start(upstreamPort: number, rules: FaultRule[] = []): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstreamPort, rules);
    await proxy.up();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Goes down: connections are cut, and new ones refused. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((done) => server ? server.close(() => done()) : done());
  }

  /** Comes up again, on the same port. */
  async up(): Promise<void> {
    this.#server = http.createServer((request, response) => {
      // A client that went away while it asked needs no answer.
      this.#serve(request, response).catch(() => request.socket.destroy());
    });
    await new Promise<void>((done) => this.#server!.listen(this.#port, "127.0.0.1", done));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.down();
  }

  #ruleFor({ method, url }: http.IncomingMessage): FaultRule {
    for (const rule of this.rules) {
      if (rule.method !== undefined && rule.method !== method) continue;
      if (rule.match && !rule.match.test(url ?? "")) continue;
      const count = (this.#counts.get(rule) ?? 0) + 1;
      this.#counts.set(rule, count);
      if (count >= (rule.from ?? 1) && count <= (rule.to ?? Infinity)) return rule;
    }
    return {};
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const rule = this.#ruleFor(request);
    this.requests.push(`${request.method} ${request.url} ${request.headers.range ?? ""}`.trim());
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    response.once("close", () => this.#atOnce--);
    rule.onRequest?.();
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part);
    if (rule.delayMs) await new Promise((done) => setTimeout(done, rule.delayMs));
    const socket = response.socket!;
    if (rule.cutAfter === -1) return void socket.destroy();
    if (rule.resetAfter === -1) return void socket.resetAndDestroy();
    if (rule.status !== undefined) return refuse(request, response, rule);
    const headers = { ...request.headers };
    if (rule.range === null) delete headers.range;
    else if (rule.range !== undefined) headers.range = rule.range;
    if (rule.dropsConditions) delete headers["if-match"];
    const upstream = http.request({
      host: "127.0.0.1",
      port: this.#upstreamPort,
      method: request.method,
      path: request.url,
      headers,
      agent: false,
    }, (answer) => this.#pass(answer, response, rule));
    upstream.on("error", () => socket.destroy());
    response.on("close", () => upstream.destroy());
    upstream.end(Buffer.concat(parts));
  }

  async #pass(
    answer: http.IncomingMessage,
    response: http.ServerResponse,
    rule: FaultRule,
  ): Promise<void> {
    const socket = response.socket as Socket;
    if (rule.loseAnswer) return void socket.destroy();
    response.writeHead(answer.statusCode!, changed(answer.headers, rule));
    const stop = Math.min(
      ...[rule.cutAfter, rule.resetAfter, rule.endAfter, rule.stallAfter].map((at) =>
        at ?? Infinity
      ),
    );
    let sent = 0;
    try {
      for await (const whole of answer) {
        const part: Uint8Array = whole.subarray(0, stop - sent);
        sent += part.length;
        this.bytesSent += part.length;
        if (part.length > 0 && !response.write(part)) {
          await new Promise<void>((done) => {
            if (response.closed) return done();
            const goOn = (): void => {
              response.off("drain", goOn).off("close", goOn);
              done();
            };
            response.once("drain", goOn).once("close", goOn);
          });
        }
        if (rule.bytesPerSecond) {
          await new Promise((done) => setTimeout(done, part.length / rule.bytesPerSecond! * 1000));
        }
        if (sent < stop && !response.closed) continue;
        // What was written is to arrive before the end does.
        await new Promise((done) => setTimeout(done, 5));
        if (response.closed) return;
        if (stop === rule.stallAfter) {
          return void await new Promise((done) => response.once("close", done));
        }
        if (stop === rule.resetAfter) return void socket.resetAndDestroy();
        if (stop === rule.cutAfter) return void socket.destroy();
        break;
      }
      response.end();
    } catch {
      socket.destroy(); // the server broke off, so the client's connection does
    } finally {
      answer.destroy();
    }
  }
}

function refuse(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  rule: FaultRule,
): void {
  const headers = changed({ "content-type": "application/xml" }, rule);
  response.writeHead(rule.status!, headers);
  const code = rule.code ?? "SlowDown";
  const text = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>so</Message></Error>`;
  response.end(request.method === "HEAD" ? undefined : text);
}

function changed(headers: http.IncomingHttpHeaders, rule: FaultRule): http.OutgoingHttpHeaders {
  const all: http.OutgoingHttpHeaders = { ...headers };
  for (const [name, value] of Object.entries(rule.headers ?? {})) {
    if (value === null) delete all[name];
    else all[name] = value;
  }
  return all;
}
