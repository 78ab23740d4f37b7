import { fileURLToPath } from "node:url";
import { MegapteraError } from "./errors.ts";

/**
 * Tells whether a place is an address, such as `s3://…`, `https://…` or `file:///…`, and not a path.
 *
 * @param place What a user or a manifest names.
 * @returns Whether it begins with a scheme of two letters or more, so that `C:\…` is a path.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(["s3://sea/2021", "C:\\sea", "/sea"].map(isAddress), [true, false, false]);
 * ```
 */
export function isAddress(place: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(place);
}

/**
 * Finds the path that an address of a file stands for.
 *
 * @param address Such as `file:///data/a%20b.wav`.
 * @returns The path.
 * @throws {MegapteraError} `usage` where it names another machine, which would be asked over the
 * network, or is not well written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pathOfFileUrl } from "./paths.ts";
 * assert.throws(() => pathOfFileUrl("file://host/share/a.wav"), /another machine/);
 * ```
 */
export function pathOfFileUrl(address: string): string {
  const fault = (reason: string): MegapteraError =>
    new MegapteraError(
      "usage",
      `Cannot use ${address} as ${reason}: name the file by its path, or as file:///folder/name with ` +
        "%25 for %.",
    );
  const host = URL.canParse(address) ? new URL(address).hostname : "";
  if (host !== "" && host !== "localhost") throw fault(`it names another machine, ${host}`);
  try {
    return fileURLToPath(address);
  } catch {
    throw fault("it is no well written address of a file");
  }
}
