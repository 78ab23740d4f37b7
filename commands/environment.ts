import { join } from "node:path";
import type { Command } from "commander";

/** Settings of the process that commands run in. */
export interface Environment {
  /** Folder of installed detectors. */
  modelsFolder: string;
  /** How its user starts commands, such as `./megaptera`, to name the next one. */
  called?: string | undefined;
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal;
}

/** Adds a command with its options; one that may end by another code than 0 passes it to `finish`. */
export type AddCommand = (
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
) => void;

/**
 * Finds the user's cache folder for this program: `MEGAPTERA_CACHE`, or the system's usual place.
 *
 * @param read Reads a variable of the environment.
 * @param os The operating system.
 */
export function cacheFolder(
  read: (name: string) => string | undefined,
  os: typeof Deno.build.os,
): string {
  const own = read("MEGAPTERA_CACHE");
  if (own) return own;
  const home = read("HOME") ?? read("USERPROFILE") ?? ".";
  if (os === "windows") return join(read("LOCALAPPDATA") ?? home, "megaptera");
  if (os === "darwin") return join(home, "Library", "Caches", "megaptera");
  return join(read("XDG_CACHE_HOME") || join(home, ".cache"), "megaptera");
}
