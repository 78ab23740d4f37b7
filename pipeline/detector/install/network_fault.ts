import { HomeFault } from "./home_fault.ts";

/**
 * Puts an error of `fetch` in words.
 *
 * @param error What `fetch` or a body's reader threw.
 * @param receivedBytes How many bytes had come; nothing where there was no answer yet.
 */
export function networkFault(error: unknown, receivedBytes: number | undefined): HomeFault {
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
