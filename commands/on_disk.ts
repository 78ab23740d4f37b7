import { InvalidArgumentError } from "commander";
import { isAddress } from "../core/mod.ts";

/**
 * Takes a place on a disk that something is written to, and no address, which would become a folder of
 * that name, user and password included.
 *
 * @param text What was said.
 * @returns The same.
 * @throws {InvalidArgumentError} Where it is an address.
 */
export function onDisk(text: string): string {
  if (!isAddress(text)) return text;
  throw new InvalidArgumentError("It must be on a disk: write it there, and copy it from there.");
}
