import { basename } from "node:path";
import { MegapteraError } from "../../errors.ts";

/**
 * The fault of a model that cannot be read.
 *
 * @param path The file or folder.
 * @param reason What follows "Cannot read the model … as", without a full stop.
 */
export function badModel(path: string, reason: string): MegapteraError {
  return new MegapteraError("data", `Cannot read the model ${basename(path)} as ${reason}.`);
}
