import { MegapteraError } from "../../core/mod.ts";

/**
 * Asks before something is done that costs money or can't be undone.
 *
 * @param question Ends in a question mark.
 * @throws {MegapteraError} `usage` where the answer is no, or nobody is there to ask.
 */
export function ask(question: string): void {
  if (!Deno.stdin.isTerminal()) {
    throw new MegapteraError(
      "usage",
      `Cannot ask "${question}" as there is no terminal: say --yes.`,
    );
  }
  if (confirm(question)) return;
  throw new MegapteraError("usage", "Nothing was done, as the answer was no.");
}
