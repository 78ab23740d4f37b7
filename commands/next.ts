import { withoutSecrets } from "../core/mod.ts";
import type { SaidSchedule } from "../pipeline/timeline/mod.ts";
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

/**
 * Spells options that were given, as the next command takes them too.
 *
 * @param options A command's options, by their names.
 * @param names Those that are passed on, as `outRegion`; one that was not given is left out.
 */
export function optionWords<Name extends string>(
  options: Readonly<Partial<Record<Name, unknown>>>,
  ...names: readonly Name[]
): string[] {
  return names.flatMap((name) => {
    const value = options[name];
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === undefined || value === false) return [];
    return value === true ? [option] : [option, String(value)];
  });
}

/** Spells a schedule that was given, as `--schedule` takes it. */
export function scheduleWords(said: SaidSchedule | undefined): string[] {
  if (said === undefined) return [];
  const text = said === "continuous" ? said : `${said.onMs / 1000}s/${said.periodMs / 1000}s`;
  return ["--schedule", text];
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
