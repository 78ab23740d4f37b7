import { isRestOf } from "./is_rest_of.ts";
import { HomeFault } from "./home_fault.ts";
import type { PartialState } from "./partial_file.ts";

/** Which bytes an answer will give. */
export interface AnswerSpan {
  /** 0 where it gives the whole file. */
  readonly startByte: number;
  /** Size of the whole file; nothing where the home does not say. */
  readonly totalBytes: number | undefined;
  /** The file's version, where it can be gone on from later. */
  readonly etag: string | undefined;
}

/**
 * Decides what an answer gives by its status and headers.
 *
 * @param response The answer.
 * @param home The address that was asked, before redirects.
 * @param rest What there is already, where only the rest was asked for.
 * @returns What its body is, or `misfit`: why the rest can't be joined to what there is, so that
 * it is to be forgotten.
 * @throws {HomeFault} where it gives nothing of use.
 */
export function checkAnswer(
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
