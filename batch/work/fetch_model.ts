import { join } from "node:path";
import { googleFolder, readInstalledModel } from "../../pipeline/detector/mod.ts";
import { openSource, openTemporary, type RemoteAccess } from "../../pipeline/places/mod.ts";

/** What an installed detector is made of, the record last: without it nothing is installed. */
const FILES = ["network.onnx", "model.json"];
const PIECE_BYTES = 8 << 20;

/**
 * Fetches the published detector as `model install` left it on another machine, unless it is
 * installed. What came is checked by its SHA-256 when it is loaded.
 *
 * @param from The folder with its two files: on disk or `s3://bucket/prefix`.
 * @param modelsFolder Where detectors are installed.
 * @param access How S3 is asked.
 * @returns Whether it was fetched.
 * @throws {MegapteraError} Where it can't be had.
 */
export async function fetchModel(
  from: string,
  modelsFolder: string,
  access: RemoteAccess,
): Promise<boolean> {
  const folder = googleFolder(modelsFolder);
  if (await readInstalledModel(folder)) return false;
  await Deno.mkdir(folder, { recursive: true });
  for (const name of FILES) {
    const source = await openSource(`${from.replace(/\/+$/, "")}/${name}`, access);
    // Other workers of this machine may be fetching the same.
    const { file, temporary } = await openTemporary(join(folder, name));
    try {
      for (let at = 0; at < source.sizeBytes; at += PIECE_BYTES) {
        const bytes = await source.read(at, PIECE_BYTES);
        for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
      }
      await file.sync();
      await Deno.rename(temporary, join(folder, name));
    } finally {
      source.close();
      await Deno.remove(temporary).catch(() => {});
      file.close();
    }
  }
  return true;
}
