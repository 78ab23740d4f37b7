import http from "node:http";
import type { AddressInfo } from "node:net";

/** A server that gives every request the same answer of S3's, and remembers what was asked. */
export class ServerOfAnswers implements AsyncDisposable {
  readonly requests: http.IncomingMessage[] = [];
  readonly #server: http.Server;

  private constructor(status: number, code: string) {
    this.#server = http.createServer((request, response) => {
      this.requests.push(request);
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(request.method === "HEAD" ? undefined : `<Error><Code>${code}</Code></Error>`);
    });
  }

  /**
   * @param status The answers' status.
   * @param code S3's word for it.
   */
  static async start(status: number, code: string): Promise<ServerOfAnswers> {
    const server = new ServerOfAnswers(status, code);
    await new Promise<void>((done) => server.#server.listen(0, "127.0.0.1", done));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
