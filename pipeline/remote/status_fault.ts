import { RemoteFault } from "./remote_fault.ts";

/** Answers of 5xx that another try does not change: the server lacks the method or the version. */
const LASTING = [501, 505];

/**
 * The fault that an http status other than success stands for.
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
