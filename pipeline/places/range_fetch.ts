import { FAILURES_TO_RENEW, Patience, silentFault } from "./persist.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { connectionFault, RemoteFault } from "./remote_fault.ts";
import type { FileVersion, RangeAnswer, Transport } from "./transport.ts";
import { Watchdog } from "./watchdog.ts";

/**
 * Fetches one range: asked for at once, and where it breaks off again from the byte where it broke.
 * What has come can be used before the rest is there.
 */
export class RangeFetch {
  /** First byte. */
  readonly start: number;
  readonly #transport: Transport;
  readonly #access: RemoteAccess;
  readonly #abort = new AbortController();
  readonly #done: Promise<void>;
  #version: FileVersion | undefined;
  #bytes: Uint8Array<ArrayBuffer>;
  #received = 0;
  #arrived = Promise.withResolvers<void>();

  /**
   * @param transport Asks the server.
   * @param access Limits and counts.
   * @param start First byte.
   * @param stop The byte after the last, > start; without a version it may lie past the end.
   * @param version What the file must be; told by the first answer where it is left out.
   */
  constructor(
    transport: Transport,
    access: RemoteAccess,
    start: number,
    stop: number,
    version?: FileVersion,
  ) {
    this.start = start;
    this.#transport = transport;
    this.#access = access;
    this.#version = version;
    this.#bytes = new Uint8Array(stop - start);
    const { signal } = access;
    const follow = (): void => this.#abort.abort(signal?.reason);
    if (signal?.aborted) follow();
    else signal?.addEventListener("abort", follow);
    this.#done = this.#fetch().finally(() => signal?.removeEventListener("abort", follow));
    this.#done.catch(() => {}); // it is thrown where it is awaited
  }

  /** The byte after the last. */
  get stop(): number {
    return this.start + this.#bytes.length;
  }

  /** The file's version, once something has come. */
  get version(): FileVersion | undefined {
    return this.#version;
  }

  /** Settles when all has come, or it has failed. */
  get done(): Promise<void> {
    return this.#done;
  }

  /**
   * Gives bytes of it, once they have come.
   *
   * @param from First byte, start ≤ from.
   * @param to The byte after the last, to ≤ stop.
   * @returns A view that stays as it is; shorter where the file ends before.
   * @throws {RemoteFault} Where they can't be had.
   */
  async bytes(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.start + this.#received < Math.min(to, this.stop)) {
      await Promise.race([this.#arrived.promise, this.#done]);
    }
    return this.#bytes.subarray(from - this.start, to - this.start);
  }

  /** Ends it; what waits for its bytes is told so. */
  abort(): void {
    this.#abort.abort(new DOMException("The range is no longer wanted", "AbortError"));
  }

  async #fetch(): Promise<void> {
    this.#abort.signal.throwIfAborted();
    const patience = new Patience(this.#access, this.#abort.signal);
    while (this.#received < this.#bytes.length) {
      try {
        await this.#try(patience);
      } catch (error) {
        this.#abort.signal.throwIfAborted();
        await patience.failed(connectionFault(error));
        if (patience.failures % FAILURES_TO_RENEW === 0) this.#access.connection.renew();
      }
    }
  }

  async #try(patience: Patience): Promise<void> {
    const { stallMs } = this.#access;
    using watchdog = new Watchdog(stallMs, [this.#abort.signal]);
    let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
    try {
      const from = this.start + this.#received;
      const { signal } = watchdog;
      const asking = this.#transport.get(from, this.stop, this.#version, signal);
      asking.then((late) => signal.aborted ? late.body.cancel() : undefined).catch(() => {});
      const answer = await watchdog.until(asking);
      reader = answer.body.getReader();
      const version = checkAnswer(answer, from, this.stop, this.#version);
      this.#version ??= version;
      if (version.totalBytes < this.stop) this.#cut(version.totalBytes);
      await this.#receive(reader, patience, watchdog);
    } catch (error) {
      throw watchdog.hasStalled ? silentFault(stallMs, error) : error;
    } finally {
      await reader?.cancel().catch(() => {});
    }
  }

  /** Cuts the range where the file ends before it. */
  #cut(totalBytes: number): void {
    this.#bytes = this.#bytes.subarray(0, Math.max(0, totalBytes - this.start));
  }

  async #receive(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    patience: Patience,
    watchdog: Watchdog,
  ): Promise<void> {
    const before = this.#received;
    for (;;) {
      const { value } = await watchdog.until(reader.read());
      if (value === undefined) break;
      watchdog.gotOn();
      this.#access.bytesFetched += value.length;
      if (this.#received + value.length > this.#bytes.length) {
        const what = "its server does not keep to the rules: it sent more bytes than it announced";
        throw new RemoteFault("wrong answer", what, { mostTries: 1 });
      }
      if (value.length > 0) patience.gotOn();
      this.#bytes.set(value, this.#received);
      this.#received += value.length;
      const arrived = this.#arrived;
      this.#arrived = Promise.withResolvers<void>();
      arrived.resolve();
    }
    if (this.#received < this.#bytes.length) {
      if (this.#received > before) throw new RemoteFault("passing", "the connection broke off");
      // A body that ends as if it were whole.
      const what = "its server does not keep to the rules: it announced bytes and sent none";
      throw new RemoteFault("wrong answer", what);
    }
  }
}

/**
 * Checks that an answer is exactly the range that was asked for, of the version that was pinned:
 * `fetch` lets a part of it, or the whole file, pass for it.
 *
 * Rules: RFC 9110, sections 14.4 and 15.3.7.
 *
 * @param answer The answer's status and headers.
 * @param start First byte asked for.
 * @param stop The byte after the last asked for, which may lie past the end.
 * @param pinned The version read before, if there is one.
 * @returns The version it is of; its body is `[start, min(stop, totalBytes))`.
 * @throws {RemoteFault} `changed` or `wrong answer`.
 */
function checkAnswer(
  answer: Omit<RangeAnswer, "body">,
  start: number,
  stop: number,
  pinned: FileVersion | undefined,
): FileVersion {
  const { etag, lastModified, contentLength } = answer;
  if (pinned) checkVersion(pinned, etag, lastModified);
  if (answer.status !== 206) {
    // An empty file has no range to give.
    if (answer.status === 200 && contentLength === 0 && !pinned) {
      return { totalBytes: 0, etag, lastModified };
    }
    throw wrong(`it answered ${answer.status} to a range, as if for the whole file`);
  }
  if (answer.contentEncoding && answer.contentEncoding !== "identity") {
    throw wrong(`it sent the range encoded as ${answer.contentEncoding}`);
  }
  const parts = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/i.exec(answer.contentRange ?? "");
  if (!parts) {
    throw wrong(`it does not say which range it sent (${answer.contentRange ?? "nothing"})`);
  }
  const [first, last, totalBytes] = parts.slice(1).map(Number);
  if (pinned && totalBytes !== pinned.totalBytes) throw changed();
  const expected = Math.min(stop, totalBytes);
  if (first !== start || last + 1 !== expected) {
    throw wrong(
      `it sent bytes ${first} to ${last} where ${start} to ${expected - 1} were asked for`,
    );
  }
  if (contentLength !== undefined && contentLength !== expected - start) {
    throw wrong(`it announced ${contentLength} bytes for a range of ${expected - start}`);
  }
  return { totalBytes, etag, lastModified };
}

/** Compares what tells versions apart: the ETag where both have one, else the time of change. */
function checkVersion(
  pinned: FileVersion,
  etag: string | undefined,
  lastModified: string | undefined,
): void {
  const pairs = [[pinned.etag, etag], [pinned.lastModified, lastModified]];
  const comparable = pairs.find((pair) => !pair.includes(undefined));
  if (comparable) {
    if (comparable[0] !== comparable[1]) throw changed();
  } else if (pinned.etag !== undefined || pinned.lastModified !== undefined) {
    throw wrong("it no longer says of which version the file is, as it did at first");
  }
}

/** Makes the fault of a file that was replaced while it was read. */
export function changed(): RemoteFault {
  return new RemoteFault(
    "changed",
    "it was replaced while it was being read: nothing of the two was mixed, run again",
  );
}

function wrong(what: string): RemoteFault {
  return new RemoteFault("wrong answer", `its server does not keep to the rules: ${what}`);
}
