import { placePattern, type RemoteAccess } from "../../pipeline/places/mod.ts";
import {
  findRecordings,
  type FoundRecordings,
  listRecordings,
  type RecordingStartOptions,
} from "../../pipeline/timeline/mod.ts";

/**
 * Finds the recordings that arguments stand for: files and folders on disk, addresses, prefixes of
 * addresses, which end in `/`, and patterns of any of them, with `*` or `?`.
 *
 * @param named What was named.
 * @param access How places far away are asked.
 * @param clock How names are turned into times.
 * @returns Their places, and sentences on what is left out.
 */
export async function placesOf(
  named: readonly string[],
  access: RemoteAccess,
  clock: RecordingStartOptions,
): Promise<FoundRecordings> {
  const found: FoundRecordings = { paths: [], notes: [] };
  for (const name of named) {
    const isFar = /^(s3|https?):\/\//i.test(name);
    if (!isFar) {
      const { paths, notes } = await findRecordings([name]);
      found.paths.push(...paths);
      found.notes.push(...notes);
    } else if (!name.endsWith("/") && !placePattern(name)) found.paths.push(name);
    else {
      const list = await listRecordings(name, access, clock);
      found.paths.push(...list.between(-Infinity, Infinity).map(({ place }) => place));
      found.notes.push(...list.notes);
    }
  }
  return found;
}
