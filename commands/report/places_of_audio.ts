import { fileURLToPath } from "node:url";
import { nameOf } from "../../analysis/report/clip_audio.ts";
import { findRecordings, listFiles } from "../../pipeline/recording/mod.ts";

/**
 * Where recordings are at hand, by the URIs that manifests have for them: in a folder or below a prefix, by
 * their names; without one, where the manifests say, if that is on this machine.
 *
 * @param audio The folder, or `s3://bucket/prefix`.
 * @returns Tells the path of a recording; nothing where it is not at hand.
 */
export async function placesOfAudio(
  audio: string | undefined,
): Promise<(uri: string) => string | undefined> {
  if (audio === undefined) return (uri) => isHere(uri) ? uri : undefined;
  const paths = /^[a-z][a-z0-9+.-]+:\/\//i.test(audio)
    ? await Array.fromAsync(listFiles(audio), ({ uri }) => uri)
    : await findRecordings([audio]);
  const byName = new Map(paths.map((path) => [nameOf(path.replaceAll("\\", "/")), path]));
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
