import { type FaultKind, MegapteraError } from "../../core/mod.ts";

/**
 * Why a recording's bytes can't be had: `missing` (there is no such file or key), `forbidden` (this
 * user may not read it, or S3 does not say whether it is there), `changed` (it was replaced while it
 * was being read), `wrong answer` (a server that does not keep to the rules), `unreachable` (it failed
 * for as long as was tried), `unreadable` (what is there is no recording that can be read).
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

/** What is known of how long a recording is that can't be read. */
export interface KnownLength {
  readonly sizeBytes: number;
  /** Where its header tells. */
  readonly seconds?: number;
}

/** A recording's bytes can't be had; the reason tells a gap from a fault that ends the run. */
export class SourceFault extends MegapteraError {
  /** Why, for programs. */
  readonly reason: SourceFaultReason;
  /** The recording's URI, where it is there and can't be read. */
  readonly uri?: string;
  /** Of one that is there and can't be read. */
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
