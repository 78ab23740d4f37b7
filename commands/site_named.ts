import { findSite, readSites, type Site } from "../pipeline/timeline/mod.ts";
import { readText } from "./read_text.ts";

/**
 * The site that `--site` names.
 *
 * @param name Its name.
 * @param path The file of the user's own sites, where `--sites` gives one.
 * @returns The site.
 * @throws {MegapteraError} `usage` where there is none, `data` where the file can't be read.
 */
export async function siteNamed(name: string, path: string | undefined): Promise<Site> {
  return findSite(name, path === undefined ? [] : readSites(await readText(path), path));
}
