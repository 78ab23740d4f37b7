import { withoutSecrets } from "../../core/mod.ts";

/**
 * Kind of fault of a server far away: `passing` and `wrong answer` are worth trying again, the
 * others are not. `missing`, `forbidden` and `changed` are of one file; `range` is a range that
 * lies outside of the file; `no bucket`, `setting` and `denied` concern whatever is asked.
 */
export type RemoteReason =
  | "passing"
  | "wrong answer"
  | "missing"
  | "forbidden"
  | "changed"
  | "range"
  | "no bucket"
  | "setting"
  | "denied";

/** Limits on trying again after a fault. */
interface RemoteFaultOptions extends ErrorOptions {
  /** Time for which the server asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Most tries in a row that meet it; as many as patience allows unless given. */
  readonly mostTries?: number;
  /** Whether that limit holds only until a server has answered for the first time. */
  readonly onlyAtFirst?: boolean;
}

/** Wrong answers may come of a broken proxy on the way, and are asked for anew this often in all. */
const WRONG_ANSWERS = 3;

/**
 * Reports a fault of a server far away; the message follows "Cannot read … as", without a full
 * stop.
 */
export class RemoteFault extends Error {
  readonly reason: RemoteReason;
  readonly retryAfterMs: number | undefined;
  readonly mostTries: number;
  readonly onlyAtFirst: boolean;

  /**
   * @param reason What kind.
   * @param message What was wrong, in words that are the same whenever it happens.
   * @param options How to go on.
   */
  constructor(reason: RemoteReason, message: string, options: RemoteFaultOptions = {}) {
    super(withoutSecrets(message), options);
    this.name = "RemoteFault";
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
    this.onlyAtFirst = options.onlyAtFirst ?? false;
    const byReason = reason === "passing"
      ? Infinity
      : reason === "wrong answer"
      ? WRONG_ANSWERS
      : 1;
    this.mostTries = options.mostTries ?? byReason;
  }
}

/** Answers of 5xx that another try does not change: the server lacks the method or the version. */
const LASTING = [501, 505];

/**
 * Makes the fault that an http status other than success stands for.
 *
 * @param status The status, 300 to 599.
 * @param said What else the server said, as the status' words or an S3 code; may be empty.
 * @param retryAfter The header `Retry-After`, in seconds or as a date, if there is one.
 * @returns The fault.
 */
export function statusFault(
  status: number,
  said: string,
  retryAfter?: string | null,
): RemoteFault {
  const answer = `the server answered ${status} ${plain(said)}`.trim();
  if (status === 404 || status === 410) {
    return new RemoteFault("missing", `there is no such file: ${answer}`);
  }
  if (status === 401 || status === 403) {
    return new RemoteFault("forbidden", `this user may not read it: ${answer}`);
  }
  if (status === 412) {
    return new RemoteFault(
      "changed",
      "it was replaced while it was being read (412): nothing of the two was mixed, run again",
    );
  }
  if (status === 416) return new RemoteFault("range", `it has no such range: ${answer}`);
  const passes = status === 408 || status === 425 || status === 429 || status >= 500;
  if (passes && !LASTING.includes(status)) {
    return new RemoteFault("passing", answer, { retryAfterMs: waitMs(retryAfter) });
  }
  return new RemoteFault("wrong answer", answer, { mostTries: 1 });
}

function waitMs(retryAfter: string | null | undefined): number | undefined {
  if (!retryAfter) return undefined;
  const ms = /^\d+$/.test(retryAfter)
    ? 1000 * Number(retryAfter)
    : Date.parse(retryAfter) - Date.now();
  return ms > 0 ? ms : undefined;
}

function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\.$/, "").slice(0, 200);
}

/** For a mistyped address, which looks like a network that is down, and for what nobody foresaw. */
const FEW_TRIES = 5;

/**
 * Puts an error of `fetch`, of a body's reader or of the SDK's handler in words.
 *
 * @param error What was thrown.
 * @returns The fault; `passing` unless it will be the same for ever.
 */
export function connectionFault(error: unknown): RemoteFault {
  if (error instanceof RemoteFault) return error;
  if (error instanceof Deno.errors.NotCapable) {
    const text = error.message.replace(/, run again.*/, "");
    return new RemoteFault(
      "denied",
      `this program may not reach that server (${text}): allow it with --allow-net`,
      { cause: error },
    );
  }
  const said = innermost(error);
  if (/Name or service not known|nodename nor servname|No such host/i.test(said)) {
    return new RemoteFault("passing", "the server's name is not known (check the address)", {
      cause: error,
      mostTries: FEW_TRIES,
      // A name that was known is not misspelt: macOS says the same where the network is down.
      onlyAtFirst: true,
    });
  }
  if (/InvalidContentType|wrong version number/i.test(said)) {
    const words = "the server does not speak TLS (check the address: is it http:// there?)";
    return new RemoteFault("passing", words, {
      cause: error,
      mostTries: FEW_TRIES,
      // A login page of some network may answer so in the middle of a run.
      onlyAtFirst: true,
    });
  }
  if (/certificate|UnknownIssuer/i.test(said)) {
    return new RemoteFault("setting", `the server can't be trusted: ${said}`, { cause: error });
  }
  const words = connectionWords(said);
  if (words !== undefined) return new RemoteFault("passing", words, { cause: error });
  const failed = `the connection failed: ${said.slice(0, 200)}`;
  const isKnown = /connect|network|socket|dns|tls|handshake|route|unreachable/i.test(said);
  return new RemoteFault("passing", failed, {
    cause: error,
    ...isKnown ? {} : { mostTries: FEW_TRIES },
  });
}

/**
 * Puts a connection's fault in words without addresses and counts, so that the same fault has the
 * same words.
 */
function connectionWords(said: string): string | undefined {
  if (/refused/i.test(said)) return "the connection was refused";
  if (/reset|broken pipe/i.test(said)) return "the connection was reset";
  if (/body|end of file|eof|incomplete|closed|error reading/i.test(said)) {
    return "the connection broke off";
  }
  if (/timed? ?out/i.test(said)) return "the connection timed out";
  return undefined;
}

function innermost(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const text = inner instanceof Error ? inner.message : String(inner);
  return text.replace(/\s+/g, " ").replace(/\.$/, "");
}
