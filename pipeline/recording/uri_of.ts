import { pathToFileURL } from "node:url";
import { shownAddress } from "./shown_address.ts";

/**
 * How manifests name a place.
 *
 * @param place A path, or an address.
 * @returns A path as `file:///…`; an address without its secrets.
 */
export function uriOf(place: string): string {
  if (/^https?:\/\//i.test(place)) return shownAddress(place);
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(place) ? place : pathToFileURL(place).href;
}
