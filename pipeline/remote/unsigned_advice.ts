import type { RemoteOptions } from "./remote_options.ts";

/**
 * The way on without credentials, which reading has and writing has not.
 *
 * @param options Those of an output say its region by an option of their own.
 * @returns The end of a sentence; empty where there is no such way.
 */
export function unsignedAdvice({ regionOption }: Pick<RemoteOptions, "regionOption">): string {
  return regionOption === undefined ? ", or read a public bucket with --unsigned" : "";
}
