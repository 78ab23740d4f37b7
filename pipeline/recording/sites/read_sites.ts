import { z } from "zod";
import { MegapteraError, parseJson, TimeZone } from "../../../core/mod.ts";
import { type Site, siteSchema } from "./site.ts";

const fileSchema = z.array(siteSchema).min(1);

/**
 * Reads a user's own sites.
 *
 * @param text The text of a JSON file: a list of sites.
 * @param name How to name the file in errors.
 * @returns The sites.
 * @throws {MegapteraError} `data`, naming the file, the site and the field that is wrong.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [site] = readSites(
 *   `[{ "name": "pier", "title": "Our pier", "source": "/data/{YYYYMMDD}.wav", "latitude": 36.6,
 *      "longitude": -121.9, "depthM": 8, "timeZone": "America/Los_Angeles" }]`,
 *   "sites.json",
 * );
 * assert.equal(site.name, "pier");
 * ```
 */
export function readSites(text: string, name: string): Site[] {
  const sites = parseJson(text, `the sites in ${name}`, fileSchema);
  const seen = new Set<string>();
  for (const site of sites) {
    const wrong = seen.has(site.name) ? "is there twice" : whatIsWrong(site);
    if (wrong !== undefined) {
      throw new MegapteraError(
        "data",
        `Cannot read the sites in ${name} as "${site.name}" ${wrong}.`,
      );
    }
    seen.add(site.name);
  }
  return sites;
}

function whatIsWrong({ timeZone, begins, ended }: Site): string | undefined {
  if (begins !== undefined && ended !== undefined && ended <= begins) {
    return `has ended (${ended}) before it begins (${begins})`;
  }
  try {
    new TimeZone(timeZone);
  } catch {
    return `has the time zone "${timeZone}", which is no IANA name such as America/Los_Angeles`;
  }
  return undefined;
}
