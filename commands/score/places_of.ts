import {
  findRecordings,
  listRecordings,
  type RecordingStartOptions,
} from "../../pipeline/recording/mod.ts";
import type { RemoteAccess } from "../../pipeline/remote/mod.ts";

/**
 * The recordings that arguments stand for: files and folders on disk, addresses, and prefixes of
 * addresses, which end in `/`.
 *
 * @param named What was named.
 * @param access How places far away are asked.
 * @param clock How names are turned into times.
 * @returns Their places.
 */
export async function placesOf(
  named: readonly string[],
  access: RemoteAccess,
  clock: RecordingStartOptions,
): Promise<string[]> {
  const places: string[] = [];
  for (const name of named) {
    const isFar = /^(s3|https?):\/\//i.test(name);
    if (!isFar) places.push(...await findRecordings([name]));
    else if (!name.endsWith("/")) places.push(name);
    else {
      const list = await listRecordings(name, access, clock);
      places.push(...list.between(-Infinity, Infinity).map(({ place }) => place));
    }
  }
  return places;
}
