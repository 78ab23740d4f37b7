import { pathToFileURL } from "node:url";

/**
 * How manifests name a place.
 *
 * @param place A path, or an address.
 * @returns A path as `file:///…`; an address as it is.
 */
export function uriOf(place: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(place) ? place : pathToFileURL(place).href;
}
