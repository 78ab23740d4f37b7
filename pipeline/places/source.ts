import { pathToFileURL } from "node:url";
import { type FaultKind, isAddress, MegapteraError, withoutSecrets } from "../../core/mod.ts";

/** The version of a recording that nothing tells from another, such as that of some servers. */
export const UNKNOWN_VERSION = "unknown";

/**
 * Bytes of one recording, read by ranges: a file on disk, an S3 object or an http address. What a
 * source holds is bounded, whatever the size of the recording.
 */
export interface RangeSource {
  /** Address as the manifest names it: `file:///…`, `s3://…`, `https://…`. */
  readonly uri: string;
  /** Size in bytes when it was opened. */
  readonly sizeBytes: number;
  /** Version that was read: an ETag, or the modification time as an ISO stamp for a file. */
  readonly version: string;
  /**
   * Reads `[offset, offset + length)`, cut at the end of the source.
   *
   * @param offset First byte, an integer ≥ 0.
   * @param length Number of bytes, an integer ≥ 0.
   * @throws {MegapteraError} `data`, `retry` or `denied` where reading fails.
   */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Says which bytes will be read next and in order, `[start, stop)`: a source far away fetches them
   * ahead, and none beyond them. Without it nothing is fetched that was not asked for.
   *
   * @param start First byte.
   * @param stop The byte after the last that will be asked for.
   */
  willRead?(start: number, stop: number): void;
  /**
   * Looks again, after the last read, whether all that was read is of the version that was opened:
   * where the reads themselves can't tell.
   *
   * @throws {MegapteraError} `data` where it was changed meanwhile.
   */
  confirm?(): Promise<void>;
  /** Lets go of what the source holds; a second call does nothing. */
  close(): void;
}

/**
 * Reason why a recording's bytes can't be had: `missing` (there is no such file or key),
 * `forbidden` (this user may not read it, or S3 does not say whether it is there), `changed` (it
 * was replaced while it was being read), `wrong answer` (a server that does not keep to the rules),
 * `unreachable` (it failed for as long as was tried), `unreadable` (what is there is no recording
 * that can be read).
 */
export type SourceFaultReason =
  | "unreadable"
  | "missing"
  | "forbidden"
  | "changed"
  | "wrong answer"
  | "unreachable";

const KINDS: Record<SourceFaultReason, FaultKind> = {
  missing: "data",
  forbidden: "denied",
  changed: "data",
  "wrong answer": "data",
  unreachable: "retry",
  unreadable: "data",
};

/** Known length of a recording that can't be read. */
export interface KnownLength {
  readonly sizeBytes: number;
  /** Length in seconds, where its header tells. */
  readonly seconds?: number;
}

/**
 * Reports that a recording's bytes can't be had; the reason tells a gap from a fault that ends the
 * run.
 */
export class SourceFault extends MegapteraError {
  /** Why, for programs. */
  readonly reason: SourceFaultReason;
  /** The recording's URI, where it is there and can't be read. */
  readonly uri?: string;
  /** Length of a recording that is there and can't be read. */
  readonly length?: KnownLength;

  /**
   * @param reason Why; it decides the fault's kind.
   * @param message One sentence for the user.
   * @param options `cause`: the error underneath; `uri`: which recording it is; `length`: how long.
   */
  constructor(
    reason: SourceFaultReason,
    message: string,
    options: ErrorOptions & { uri?: string; length?: KnownLength } = {},
  ) {
    super(KINDS[reason], message, options);
    this.name = "SourceFault";
    this.reason = reason;
    if (options.uri !== undefined) this.uri = options.uri;
    if (options.length !== undefined) this.length = options.length;
  }

  /**
   * Adds how long a recording is to the fault that it can't be read.
   *
   * @param error What opening it threw.
   * @param length What is known of its length.
   * @returns The fault, or the error as it is where that is another.
   */
  static withLength(error: unknown, length: KnownLength): unknown {
    if (!(error instanceof SourceFault) || error.reason !== "unreadable") return error;
    const { message, cause, uri } = error;
    return new SourceFault("unreadable", message, { cause, length, ...(uri && { uri }) });
  }
}

/**
 * Names a file by its own name, for sentences that users read.
 *
 * @param source A source, or just its `uri`.
 * @returns The last part of the path, decoded: `a b.wav` for `file:///data/a%20b.wav`.
 */
export function sourceName(source: Pick<RangeSource, "uri">): string {
  const last = source.uri.slice(source.uri.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(last) || source.uri;
  } catch {
    return last;
  }
}

/**
 * Names a place as manifests do. A signature changes from one day to the next, and a recording is to go
 * by one name.
 *
 * @param place A path, or an address.
 * @returns A path as `file:///…`; an address without its secrets.
 */
export function uriOf(place: string): string {
  if (/^https?:\/\//i.test(place)) return new URL(withoutSecrets(place)).href;
  return isAddress(place) ? withoutSecrets(place) : pathToFileURL(place).href;
}

/** A file as a listing shows it. */
export interface ListedFile {
  /** Place as `openSource` takes it, and as manifests name it. */
  readonly uri: string;
  readonly sizeBytes: number;
  /** Version as `openSource` gives it. */
  readonly version: string;
}
