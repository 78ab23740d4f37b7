import { RemoteFault } from "../../remote/mod.ts";
import type { FileVersion, RangeAnswer } from "./transport.ts";

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
export function checkAnswer(
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

/** The fault of a file that was replaced while it was read. */
export function changed(): RemoteFault {
  return new RemoteFault(
    "changed",
    "it was replaced while it was being read: nothing of the two was mixed, run again",
  );
}

function wrong(what: string): RemoteFault {
  return new RemoteFault("wrong answer", `its server does not keep to the rules: ${what}`);
}
