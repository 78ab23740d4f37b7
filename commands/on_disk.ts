import { InvalidArgumentError } from "commander";

/**
 * Takes a place on a disk that something is written to, and no address, which would become a folder of
 * that name, user and password included.
 *
 * @param text What was said.
 * @returns The same.
 * @throws {InvalidArgumentError} Where it is an address.
 */
export function onDisk(text: string): string {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return text;
  throw new InvalidArgumentError("It must be on a disk: write it there, and copy it from there.");
}
