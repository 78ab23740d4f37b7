/** Names of the fields that sign an address, or let in who knows them: Amazon's, Google's, Azure's. */
const SECRET =
  /^(x-(amz|goog)-|awsaccesskeyid|googleaccessid|key-pair-id)|signature|token|secret|password|^(sig|key|api_?key|auth)$/i;

/**
 * An address of http as manifests and messages may show it: without user and password, and without
 * the fields after `?` where one of them is a secret. Such fields change from one day to the next, too,
 * and a recording is to go by one name.
 *
 * @param address The address.
 * @returns What to show.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const signed = "https://me:pw@example.org/a.wav?X-Amz-Expires=9&X-Amz-Signature=f00";
 * assert.equal(shownAddress(signed), "https://example.org/a.wav");
 * assert.equal(shownAddress("https://example.org/get?id=7"), "https://example.org/get?id=7");
 * ```
 */
export function shownAddress(address: string): string {
  const shown = new URL(address);
  shown.username = "";
  shown.password = "";
  if ([...shown.searchParams.keys()].some((name) => SECRET.test(name))) shown.search = "";
  return shown.href;
}
