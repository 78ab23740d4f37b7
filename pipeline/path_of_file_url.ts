import { fileURLToPath } from "node:url";
import { MegapteraError } from "./errors.ts";

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
 * import { pathOfFileUrl } from "./path_of_file_url.ts";
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
