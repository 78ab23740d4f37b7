import { pathToFileURL } from "node:url";
import { isAddress, withoutSecrets } from "../../core/mod.ts";

/**
 * Names a place as manifests do. A signature changes from one day to the next, and a recording is to go
 * by one name.
 *
 * @param place A path, or an address.
 * @returns A path as `file:///…`; an address without its secrets.
 */
export function uriOf(place: string): string {
  if (/^https?:\/\//i.test(place)) return new URL(withoutSecrets(place)).href;
  return isAddress(place) ? withoutSecrets(place) : pathToFileURL(place).href;
}
