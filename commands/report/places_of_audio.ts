import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { nameOf } from "../../analysis/report/mod.ts";
import { isAddress, MegapteraError } from "../../core/mod.ts";
import { listFiles } from "../../pipeline/places/mod.ts";
import { findRecordings } from "../../pipeline/timeline/mod.ts";

/**
 * Finds where recordings are at hand, by the URIs that manifests have for them. Scores may come from
 * anybody, so what their manifests name is taken only from where the user has pointed to: by its name
 * from a folder or prefix of recordings, or by its path from below the scores' own folder.
 *
 * @param audio The folder of recordings, or `s3://bucket/prefix`.
 * @param scores The folder of scores.
 * @returns Tells the place of a recording; nothing where it is not at hand, or where there are
 * several of its name.
 * @throws {MegapteraError} `data` where there is no such folder, or no recording in it.
 */
export async function placesOfAudio(
  audio: string | undefined,
  scores?: string,
): Promise<(uri: string) => string | undefined> {
  if (audio === undefined) return scores === undefined ? () => undefined : below(scores);
  const byName = new Map<string, string | undefined>();
  for (const { name, place } of await named(audio)) {
    byName.set(name, byName.has(name) ? undefined : place);
  }
  return (uri) => byName.get(nameOf(uri));
}

/** Finds what lies below a folder itself, wherever links lead. */
function below(folder: string): (uri: string) => string | undefined {
  return (uri) => {
    // Another machine would be asked for file://machine/share.
    if (!uri.startsWith("file:///")) return undefined;
    try {
      const file = Deno.realPathSync(fileURLToPath(uri));
      const isBelow = file.startsWith(Deno.realPathSync(folder) + sep);
      return isBelow && Deno.statSync(file).isFile ? file : undefined;
    } catch {
      return undefined;
    }
  };
}

async function named(audio: string): Promise<{ name: string; place: string }[]> {
  if (isAddress(audio)) {
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
  return (await findRecordings([audio])).paths.map((place) => ({ name: basename(place), place }));
}
