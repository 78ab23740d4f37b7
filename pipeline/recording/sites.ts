import { MegapteraError } from "../errors.ts";

/** Where a hydrophone stands. */
export interface Site {
  /** Short name, as on the command line. */
  name: string;
  /** Full name. */
  title: string;
  /** Where these figures were published. */
  source: string;
  /** Degrees north. */
  latitude: number;
  /** Degrees east. */
  longitude: number;
  depthM: number;
  /** IANA name of the zone whose clocks people there live by. */
  timeZone: string;
}

const SITES: readonly Site[] = [{
  name: "mars",
  title: "Monterey Accelerated Research System",
  source: "Monterey Bay Aquarium Research Institute, pacific-sound-notebooks",
  latitude: 36.7128,
  longitude: -122.186,
  depthM: 891,
  timeZone: "America/Los_Angeles",
}];

/**
 * A site by its short name.
 *
 * @param name Such as `mars`.
 * @returns The site.
 * @throws {MegapteraError} `usage` where there is no such site.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(siteNamed("mars").timeZone, "America/Los_Angeles");
 * ```
 */
export function siteNamed(name: string): Site {
  const site = SITES.find((site) => site.name === name);
  if (site) return site;
  const known = SITES.map((site) => site.name).join(", ");
  throw new MegapteraError("usage", `Cannot find the site "${name}": the known ones are ${known}.`);
}
