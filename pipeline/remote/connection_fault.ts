import { RemoteFault } from "./remote_fault.ts";

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

/** Without addresses and counts, so that the same fault has the same words. */
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
