import { MegapteraError } from "../../../core/mod.ts";
import { KNOWN_SITES } from "./known_sites.ts";
import type { Site } from "./site.ts";

/**
 * Finds a site by its name.
 *
 * @param name Its name.
 * @param own The user's own sites, which come before those built in.
 * @returns The site.
 * @throws {MegapteraError} `usage` where there is none, with the names there are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(findSite("mars").depthM, 891);
 * ```
 */
export function findSite(name: string, own: readonly Site[] = []): Site {
  const sites = [...own, ...KNOWN_SITES];
  const site = sites.find((one) => one.name === name);
  if (site) return site;
  const names = sites.map((one) => one.name).join(", ");
  throw new MegapteraError(
    "usage",
    `Cannot find the site "${name}": known are ${names}; add your own with --sites FILE.`,
  );
}
