import { MegapteraError } from "../core/mod.ts";
import { findSite, readSites, type Site } from "../pipeline/timeline/mod.ts";

/**
 * Reads a text that a user names.
 *
 * @param path The file.
 * @returns Its text.
 * @throws {MegapteraError} `data` where there is none or it is not UTF-8, `denied` where it can't be
 * read.
 */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    const { message } = cause as Error;
    const missing = cause instanceof Deno.errors.NotFound;
    throw new MegapteraError(
      missing ? "data" : "denied",
      `Cannot read ${path}: ${missing ? "there is no such file" : message.replace(/\.$/, "")}.`,
      { cause },
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MegapteraError(
      "data",
      `Cannot read ${path} as it is not UTF-8 text: save it as UTF-8 (or CSV UTF-8).`,
      { cause },
    );
  }
}

/**
 * Finds the site that `--site` names.
 *
 * @param name Its name.
 * @param path The file of the user's own sites, where `--sites` gives one.
 * @returns The site.
 * @throws {MegapteraError} `usage` where there is none, `data` where the file can't be read.
 */
export async function siteNamed(name: string, path: string | undefined): Promise<Site> {
  return findSite(name, path === undefined ? [] : readSites(await readText(path), path));
}
