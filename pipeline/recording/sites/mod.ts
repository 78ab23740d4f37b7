/** Sites: what is recorded where, and where its recordings are. */
export { findSite } from "./find_site.ts";
export { KNOWN_SITES } from "./known_sites.ts";
export { readSites } from "./read_sites.ts";
export type { Site } from "./site.ts";
