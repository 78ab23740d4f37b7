import { type FaultKind, MegapteraError } from "../../core/mod.ts";
import { persist } from "./persist.ts";
import { changed, RangeFetch } from "./range_fetch.ts";
import { ReadAhead } from "./read_ahead.ts";
import type { RemoteAccess } from "./remote_access.ts";
import { RemoteFault, type RemoteReason } from "./remote_fault.ts";
import { tagVersion } from "./s3_list.ts";
import {
  type RangeSource,
  SourceFault,
  type SourceFaultReason,
  UNKNOWN_VERSION,
} from "./source.ts";
import type { FileVersion, Transport } from "./transport.ts";

/**
 * Bytes fetched to open a file: most headers in one request. Of recorders that write a file a minute
 * each header is fetched by two days' catalogues and the scorer, and must weigh little beside the audio.
 */
export const HEAD_BYTES = 4096;
/** Bytes before the place read last that are kept, for filters that go a little back. */
const KEPT_BYTES = 256 * 1024;

/**
 * Opens a file far away by one request, for its first bytes.
 *
 * @param transport Asks the server.
 * @param access Limits and counts.
 * @returns The source. Reads may be asked for at the same time and are done one after another.
 * @throws {MegapteraError} A `SourceFault` where this file can't be read; another where nothing of
 * its kind can.
 */
export async function openRemoteSource(
  transport: Transport,
  access: RemoteAccess,
): Promise<RangeSource> {
  try {
    const head = new RangeFetch(transport, access, 0, HEAD_BYTES);
    try {
      const bytes = await head.bytes(0, HEAD_BYTES);
      await head.done;
      return new RemoteSource(transport, access, head.version!, bytes);
    } catch (error) {
      if (!(error instanceof RemoteFault) || error.reason !== "range") throw error;
    }
    // An empty file has no first byte.
    const version = await persist(access, (signal) => transport.head(signal));
    if (version.totalBytes > 0) {
      throw new RemoteFault("wrong answer", "its server says that it has no first byte (416)");
    }
    return new RemoteSource(transport, access, version, new Uint8Array(0));
  } catch (error) {
    throw remoteSourceFault(transport.uri, error);
  }
}

class RemoteSource implements RangeSource {
  readonly uri: string;
  readonly sizeBytes: number;
  readonly version: string;
  readonly #transport: Transport;
  readonly #access: RemoteAccess;
  readonly #fileVersion: FileVersion;
  readonly #ahead: ReadAhead;
  readonly #head: Uint8Array<ArrayBuffer>;
  #kept: { start: number; bytes: Uint8Array<ArrayBuffer> } = { start: 0, bytes: new Uint8Array(0) };
  #direct: RangeFetch | undefined;
  #isClosed = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    transport: Transport,
    access: RemoteAccess,
    version: FileVersion,
    head: Uint8Array<ArrayBuffer>,
  ) {
    this.uri = transport.uri;
    this.sizeBytes = version.totalBytes;
    this.version = version.etag
      ? tagVersion(version.etag)
      : version.lastModified ?? UNKNOWN_VERSION;
    this.#transport = transport;
    this.#access = access;
    this.#fileVersion = version;
    this.#ahead = new ReadAhead(transport, access, version);
    this.#head = head;
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    checkSpan(this.uri, offset, length);
    const mine = this.#last.then(() => this.#readNow(offset, length));
    this.#last = mine.catch(() => {});
    return mine;
  }

  willRead(start: number, stop: number): void {
    if (this.#isClosed) return;
    const held = Math.max(start, this.#heldUntil(start));
    this.#ahead.plan(held, Math.max(held, Math.min(stop, this.sizeBytes)));
  }

  async confirm(): Promise<void> {
    const { etag, lastModified } = this.#fileVersion;
    if (etag !== undefined || lastModified !== undefined || this.#head.length === 0) return;
    // Each answer said the same size; more can't be told without reading it all again.
    try {
      const again = await this.#fetch(0, this.#head.length);
      if (again.some((byte, i) => byte !== this.#head[i])) throw changed();
    } catch (error) {
      throw remoteSourceFault(this.uri, error);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#direct?.abort();
    this.#ahead.close();
    this.#kept = { start: 0, bytes: new Uint8Array(0) };
  }

  async #readNow(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.sizeBytes - offset)));
    try {
      for (let done = 0; done < bytes.length;) {
        if (this.#isClosed) throw new TypeError(`Cannot read ${this.uri} as it was closed`);
        const part = await this.#part(offset + done, offset + bytes.length);
        bytes.set(part, done);
        done += part.length;
      }
    } catch (error) {
      if (this.#isClosed) throw new TypeError(`Cannot read ${this.uri} as it was closed`);
      throw remoteSourceFault(this.uri, error);
    }
    this.#keep(offset, bytes);
    return bytes;
  }

  /** Takes bytes from a place on, as many as one of the holders has. */
  async #part(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    if (from < this.#head.length) return this.#head.subarray(from, to);
    const { start, bytes } = this.#kept;
    if (from >= start && from < start + bytes.length) {
      return bytes.subarray(from - start, to - start);
    }
    const piece = this.#ahead.pieceWith(from);
    if (!piece) return await this.#fetch(from, Math.min(to, this.#ahead.start));
    try {
      return await piece.bytes(from, Math.min(to, piece.stop));
    } catch (error) {
      this.#ahead.drop(piece);
      throw error;
    }
  }

  /** Fetches bytes that nobody said would be read. */
  async #fetch(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    this.#direct = new RangeFetch(this.#transport, this.#access, from, to, this.#fileVersion);
    try {
      return await this.#direct.bytes(from, to);
    } finally {
      this.#direct = undefined;
    }
  }

  #keep(offset: number, bytes: Uint8Array<ArrayBuffer>): void {
    const stop = offset + bytes.length;
    if (bytes.length === 0 || this.#heldUntil(offset) >= stop) return;
    const tail = bytes.slice(Math.max(0, bytes.length - KEPT_BYTES));
    this.#kept = { start: stop - tail.length, bytes: tail };
  }

  /** Finds up to where bytes from a place on are held already. */
  #heldUntil(from: number): number {
    if (from < this.#head.length) return this.#head.length;
    const { start, bytes } = this.#kept;
    return from >= start ? Math.max(from, start + bytes.length) : from;
  }
}

function checkSpan(uri: string, offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || offset < 0 || !Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`Cannot read ${length} bytes from byte ${offset} of ${uri}`);
  }
}

/** Faults of one file. */
const ONE_FILE: Partial<Record<RemoteReason, SourceFaultReason>> = {
  "passing": "unreachable",
  "wrong answer": "wrong answer",
  "missing": "missing",
  "forbidden": "forbidden",
  "changed": "changed",
  "range": "wrong answer",
};

/** Faults of whatever is asked. */
const EVERY_FILE: Partial<Record<RemoteReason, FaultKind>> = {
  "no bucket": "data",
  "setting": "configuration",
  "denied": "denied",
};

/**
 * Makes the fault of a file far away that can't be read, in one sentence that names it.
 *
 * @param uri The file, or the place that was to be listed.
 * @param error What was thrown.
 * @param verb What was attempted.
 * @returns A `SourceFault` where it is this file's own, a plain `MegapteraError` where settings,
 * credentials or the bucket are at fault, and anything else, as what a signal aborted with, as it is.
 */
export function remoteSourceFault(uri: string, error: unknown, verb = "read"): unknown {
  if (!(error instanceof RemoteFault)) return error;
  const { reason, message } = error;
  const wayOn = reason === "passing" ? ": run the same command again later" : "";
  const sentence = `Cannot ${verb} ${uri} as ${message}${wayOn}.`;
  const own = ONE_FILE[reason];
  if (own) return new SourceFault(own, sentence, { cause: error });
  return new MegapteraError(EVERY_FILE[reason] ?? "retry", sentence, { cause: error });
}
