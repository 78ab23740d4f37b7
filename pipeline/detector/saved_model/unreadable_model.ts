import { MegapteraError } from "../../../core/mod.ts";

/**
 * Makes the fault of a model that can't be read.
 *
 * @param path The folder, archive or file of the model.
 * @param reason What follows "Cannot read … as", without a full stop.
 * @param cause The error underneath.
 * @returns A `data` fault whose message is one sentence.
 */
export function unreadableModel(path: string, reason: string, cause?: unknown): MegapteraError {
  return new MegapteraError("data", `Cannot read ${path} as ${reason}.`, { cause });
}

/**
 * Quotes a name out of a file, for sentences that users read: control characters escaped, cut.
 *
 * @param name The name as found.
 * @returns At most about 120 characters.
 */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name)
    .replace(/[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, "?");
}
