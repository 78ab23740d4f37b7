import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { nameOf } from "../../analysis/report/clip_audio.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import { findRecordings, listFiles } from "../../pipeline/recording/mod.ts";

/**
 * Where recordings are at hand, by the URIs that manifests have for them: in a folder or below a
 * prefix, by their names; without one, where the manifests say, if that is on this machine.
 *
 * @param audio The folder, or `s3://bucket/prefix`.
 * @returns Tells the place of a recording; nothing where it is not at hand, or where there are
 * several of its name.
 * @throws {MegapteraError} `data` where there is no such folder, or no recording in it.
 */
export async function placesOfAudio(
  audio: string | undefined,
): Promise<(uri: string) => string | undefined> {
  if (audio === undefined) return (uri) => isHere(uri) ? uri : undefined;
  const byName = new Map<string, string | undefined>();
  for (const { name, place } of await named(audio)) {
    byName.set(name, byName.has(name) ? undefined : place);
  }
  return (uri) => byName.get(nameOf(uri));
}

async function named(audio: string): Promise<{ name: string; place: string }[]> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(audio)) {
    return await Array.fromAsync(
      listFiles(audio),
      ({ uri }) => ({ name: nameOf(uri), place: uri }),
    );
  }
  const isFolder = await Deno.stat(audio).then(({ isDirectory }) => isDirectory, () => false);
  if (!isFolder) {
    throw new MegapteraError(
      "data",
      `Cannot find recordings in ${audio} as there is no such folder.`,
    );
  }
  return (await findRecordings([audio])).map((place) => ({ name: basename(place), place }));
}

function isHere(uri: string): boolean {
  if (!uri.startsWith("file:")) return false;
  try {
    return Deno.statSync(fileURLToPath(uri)).isFile;
  } catch {
    return false;
  }
}
