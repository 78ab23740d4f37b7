import { RemoteAccess } from "../pipeline/places/mod.ts";
import type { ReadScoresOptions } from "../pipeline/scores/mod.ts";
import type { AccessArguments, ReadingArguments } from "./reading_arguments.ts";

/** How S3 is asked, by the options; to be let go of. */
export function accessOf(
  { endpoint, region, unsigned }: AccessArguments,
  signal: AbortSignal,
): RemoteAccess {
  return new RemoteAccess({ endpoint, region, unsigned, signal });
}

/** How scores are read, by the options. */
export function readingOf(
  { nominalClock, mixed }: ReadingArguments,
  access: RemoteAccess,
): ReadScoresOptions {
  return { nominalClock, mixed, access, signal: access.signal };
}
