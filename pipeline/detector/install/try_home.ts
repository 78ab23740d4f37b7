import { Watchdog } from "../../places/mod.ts";
import { type AnswerSpan, checkAnswer } from "./check_answer.ts";
import { firstGzipPiece } from "./first_gzip_piece.ts";
import { HomeFault } from "./home_fault.ts";
import { networkFault } from "./network_fault.ts";
import type { PartialFile } from "./partial_file.ts";

const MOST_BYTES = 2 ** 30;

/** How to ask a home. */
export interface HomeAccess {
  readonly fetch: typeof fetch;
  /** How long a home may be silent, in milliseconds. */
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
    const span = checkAnswer(response, home, rest);
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
