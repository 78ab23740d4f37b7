import { MegapteraError } from "../pipeline/errors.ts";
import { readSites, type Site } from "../pipeline/recording/mod.ts";

/** The sites of a user's own file; none without one. */
export async function ownSites(path: string | undefined): Promise<Site[]> {
  if (path === undefined) return [];
  try {
    return readSites(await Deno.readTextFile(path), path);
  } catch (cause) {
    if (cause instanceof MegapteraError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MegapteraError("data", `Cannot read the sites in ${path}: ${reason}.`, { cause });
  }
}
