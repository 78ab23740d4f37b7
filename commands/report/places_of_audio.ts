import { fileURLToPath } from "node:url";
import { nameOf } from "../../analysis/report/clip_audio.ts";
import { findRecordings } from "../../pipeline/recording/mod.ts";

/**
 * Where recordings are at hand, by the URIs that manifests have for them: in a folder, by their
 * names; without one, where the manifests say, if that is on this machine.
 *
 * @param audio The folder.
 * @returns Tells the path of a recording; nothing where it is not at hand.
 */
export async function placesOfAudio(
  audio: string | undefined,
): Promise<(uri: string) => string | undefined> {
  if (audio === undefined) return (uri) => isHere(uri) ? uri : undefined;
  const paths = await findRecordings([audio]);
  const byName = new Map(paths.map((path) => [path.replaceAll("\\", "/").split("/").at(-1), path]));
  return (uri) => byName.get(nameOf(uri));
}

function isHere(uri: string): boolean {
  if (!uri.startsWith("file:")) return false;
  try {
    return Deno.statSync(fileURLToPath(uri)).isFile;
  } catch {
    return false;
  }
}
