import { join } from "node:path";

/** What commands need to know of the process that they run in. */
export interface Environment {
  /** Where installed detectors are kept. */
  modelsFolder: string;
  /** Aborted by SIGINT and SIGTERM. */
  signal: AbortSignal;
}

/**
 * The user's cache folder for this program: `MEGAPTERA_CACHE`, or the system's usual place.
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
