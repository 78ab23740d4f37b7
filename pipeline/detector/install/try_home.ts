import { Watchdog } from "../../places/mod.ts";
import type { PartialFile, PartialState } from "./partial_file.ts";

const MOST_BYTES = 2 ** 30;

/** Options of asking a home. */
export interface HomeAccess {
  readonly fetch: typeof fetch;
  /** Longest silence of a home, in milliseconds. */
  readonly stallMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (receivedBytes: number, totalBytes: number | undefined) => void;
}

/**
 * Downloads a file from one home in one try, going on from what there is of the same version.
 *
 * @param home Its address.
 * @param partial What there is; finished where all came, else what came is kept in it.
 * @param access How to ask.
 * @throws {HomeFault} where the home failed.
 */
export async function tryHome(
  home: string,
  partial: PartialFile,
  access: HomeAccess,
): Promise<void> {
  const found = await partial.read();
  const rest = found?.home === home && found.receivedBytes > 0 ? found : undefined;
  // All had come, but the last step was not taken.
  if (rest && rest.receivedBytes === rest.totalBytes) return partial.finish();
  // Encoded once more, the bytes would be of another length than the home says.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (rest) {
    Object.assign(headers, { range: `bytes=${rest.receivedBytes}-`, "if-range": rest.etag });
  }

  using watchdog = new Watchdog(access.stallMs, [access.signal]);
  let receivedBytes: number | undefined;
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await watchdog.until(work());
    } catch (error) {
      access.signal?.throwIfAborted();
      if (!watchdog.hasStalled) throw networkFault(error, receivedBytes);
      const what = `sent nothing for ${access.stallMs / 1000} s`;
      throw new HomeFault(what, { cause: error, isPassing: true });
    }
  };
  const response = await guarded(() => access.fetch(home, { headers, signal: watchdog.signal }));
  const body = response.body?.getReader();
  try {
    const span = spanOfAnswer(response, home, rest);
    if ("misfit" in span) {
      await partial.discard();
      throw new HomeFault(span.misfit, { isPassing: true });
    }
    receivedBytes = span.startByte;
    await save(span, home, response.headers.get("content-type"), partial, access, async () => {
      const next = await guarded(async () => await body?.read());
      watchdog.gotOn();
      receivedBytes = (receivedBytes ?? 0) + (next?.value?.length ?? 0);
      return next?.value;
    });
  } finally {
    await body?.cancel().catch(() => {});
  }
}

async function save(
  { startByte, totalBytes, etag }: AnswerSpan,
  home: string,
  contentType: string | null,
  partial: PartialFile,
  { onBytes }: HomeAccess,
  read: () => Promise<Uint8Array | undefined>,
): Promise<void> {
  const mostBytes = totalBytes ?? MOST_BYTES;
  if (mostBytes > MOST_BYTES) {
    const what = `has a file of ${totalBytes} bytes, more than the detector can have`;
    throw new HomeFault(what, { isPassing: false });
  }
  let received = startByte;
  const state = etag !== undefined && totalBytes ? { home, etag, totalBytes } : undefined;
  let piece = startByte > 0 ? await read() : await firstGzipPiece(read, contentType);
  {
    using file = startByte > 0 ? await partial.goOn(startByte) : await partial.begin(state);
    for (; piece; piece = await read()) {
      if (received + piece.length > mostBytes) {
        await partial.discard();
        throw new HomeFault(`sent more than ${mostBytes} bytes`, { isPassing: true });
      }
      for (let done = 0; done < piece.length;) done += await file.write(piece.subarray(done));
      received += piece.length;
      onBytes(received, totalBytes);
    }
    await file.sync();
  }
  if (totalBytes !== undefined && received < totalBytes) {
    throw new HomeFault(`sent ${received} of ${totalBytes} bytes`, { isPassing: true });
  }
  await partial.finish();
}

/** Reports why one try at a home failed. */
export class HomeFault extends Error {
  /** Whether the same home may do better at the next try. */
  readonly isPassing: boolean;

  /**
   * @param what What the home said or did, in a few words, without a full stop.
   * @param options `isPassing`: whether to try it again; `cause`: the error underneath.
   */
  constructor(what: string, options: ErrorOptions & { isPassing: boolean }) {
    super(what, options);
    this.name = "HomeFault";
    this.isPassing = options.isPassing;
  }
}

/** Bytes that an answer will give. */
interface AnswerSpan {
  /** 0 where it gives the whole file. */
  readonly startByte: number;
  /** Size of the whole file; nothing where the home does not say. */
  readonly totalBytes: number | undefined;
  /** The file's version, where it can be gone on from later. */
  readonly etag: string | undefined;
}

/**
 * Finds which bytes of the file an answer gives, by its status and headers.
 *
 * @param response The answer.
 * @param home The address that was asked, before redirects.
 * @param rest What there is already, where only the rest was asked for.
 * @returns What its body is, or `misfit`: why the rest can't be joined to what there is, so that
 * it is to be forgotten.
 * @throws {HomeFault} where it gives nothing of use.
 */
function spanOfAnswer(
  response: Response,
  home: string,
  rest: (PartialState & { receivedBytes: number }) | undefined,
): AnswerSpan | { readonly misfit: string } {
  const { status, headers } = response;
  if (home.startsWith("https:") && response.url.startsWith("http:")) {
    throw new HomeFault("led to an address without encryption", { isPassing: false });
  }
  const length = headers.get("content-length");
  const bodyBytes = length !== null && /^[0-9]{1,15}$/.test(length) ? Number(length) : undefined;
  const etag = headers.get("etag") ?? undefined;
  if (status === 200) {
    // A weak tag (W/"…") does not promise the same bytes.
    return { startByte: 0, totalBytes: bodyBytes, etag: etag?.startsWith('"') ? etag : undefined };
  }
  if (status === 206 && rest) {
    const { receivedBytes, totalBytes } = rest;
    if (etag !== rest.etag) return { misfit: "sent a part of another version" };
    const range = headers.get("content-range");
    const fits = isRestOf(range, receivedBytes, totalBytes) &&
      (bodyBytes === undefined || bodyBytes === totalBytes - receivedBytes);
    if (fits) return { startByte: receivedBytes, totalBytes, etag };
    return { misfit: `sent another part than was asked for (${range ?? "without its place"})` };
  }
  if (status === 416 && rest) return { misfit: "has not the part that was asked for" };
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429;
  throw new HomeFault(`answered ${status} ${response.statusText}`.trim(), { isPassing });
}

/**
 * Checks by its first two bytes that a body is gzip, as a page that says something else also comes
 * with status 200.
 *
 * @param read Gives the next piece of the body; nothing at its end.
 * @param contentType What the answer calls it, for the message.
 * @returns The first piece, of two bytes or more.
 * @throws {HomeFault} where it is not gzip.
 */
async function firstGzipPiece(
  read: () => Promise<Uint8Array | undefined>,
  contentType: string | null,
): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array();
  while (first.length < 2) {
    const piece = await read();
    if (!piece) break;
    first = first.length === 0 ? piece : new Uint8Array([...first, ...piece]);
  }
  if (first[0] === 0x1f && first[1] === 0x8b) return first;
  const called = (contentType ?? "").replace(/[^\x20-\x7e]/g, "").slice(0, 60);
  const what = first.length === 0
    ? "sent nothing"
    : `sent something that is not a .tar.gz${called === "" ? "" : ` (${called})`}`;
  throw new HomeFault(what, { isPassing: false });
}

/**
 * Puts an error of `fetch` in words.
 *
 * @param error What `fetch` or a body's reader threw.
 * @param receivedBytes How many bytes had come; nothing where there was no answer yet.
 */
function networkFault(error: unknown, receivedBytes: number | undefined): HomeFault {
  if (error instanceof Deno.errors.NotCapable) {
    const what = `may not be reached by this program (${plain(error.message)})`;
    return new HomeFault(what, { cause: error, isPassing: false });
  }
  // What Deno says is "fetch failed" only; what happened is underneath.
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const said = plain(inner instanceof Error ? inner.message : String(inner));
  const what = receivedBytes === undefined
    ? `could not be reached (${said})`
    : `broke off after ${receivedBytes} bytes (${said})`;
  return new HomeFault(what, { cause: error, isPassing: true });
}

function plain(message: string): string {
  return message.replace(/^error sending request.*? for url \([^)]*\): /, "")
    .replace(/\p{C}/gu, " ").replace(/\.$/, "");
}

/**
 * Tells whether a `Content-Range` (RFC 9110, 14.4) is exactly the rest of a file.
 *
 * @param header The header; nothing where the answer has none.
 * @param start The first byte that was asked for.
 * @param totalBytes Size of the whole file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isRestOf } from "./try_home.ts";
 * assert(isRestOf("bytes 6-9/10", 6, 10));
 * assert(!isRestOf("bytes 5-9/10", 6, 10));
 * ```
 */
export function isRestOf(header: string | null, start: number, totalBytes: number): boolean {
  return header?.trim().toLowerCase() === `bytes ${start}-${totalBytes - 1}/${totalBytes}`;
}
