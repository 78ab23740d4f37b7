import { withoutSecrets } from "../core/mod.ts";
import type { Environment } from "./environment.ts";
import { tell } from "./print.ts";

/** How a command is started where only `deno task` was used. */
export const BY_TASK = "deno task";

/**
 * Spells a command, to be copied into a POSIX shell; secrets are left out.
 *
 * @param words Its name, arguments and options.
 * @param called How its user starts commands, such as `./megaptera`.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(commandLine(["score", "my sea", "--gain", 2]), "megaptera score 'my sea' --gain 2");
 * ```
 */
export function commandLine(words: readonly unknown[], called = "megaptera"): string {
  const start = called === BY_TASK ? called : quote(called);
  return [start, ...words.map((word) => quote(withoutSecrets(String(word))))].join(" ");
}

/** Names the command that comes next, on standard error, as standard output may be a table. */
export function tellNext({ called }: Environment, ...words: readonly unknown[]): void {
  tell(`Next: ${commandLine(words, called)}`);
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
