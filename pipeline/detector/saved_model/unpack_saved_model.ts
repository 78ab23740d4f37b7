import { dirname, join, resolve } from "node:path";
import { MegapteraError } from "../../errors.ts";
import { openFileSource } from "../../recording/file_source.ts";
import { archiveStream } from "./archive_stream.ts";
import { ByteReader } from "./byte_reader.ts";
import { type TarFile, tarFiles } from "./tar_files.ts";
import { unreadableModel } from "./unreadable_model.ts";

/**
 * Unpacks a SavedModel's archive. Only regular files and folders by the names that a SavedModel has
 * are taken, links and names that point elsewhere are refused, and sizes are bounded. All goes into
 * a fresh folder beside the target, which is renamed into place when it is complete and removed
 * where anything fails.
 *
 * @param archivePath A `.tar.gz` (or, as some browsers leave it, the plain tar).
 * @param targetFolder Where the model is to be; there must be nothing yet.
 * @throws {MegapteraError} `data` that names the entry that doesn't belong in a SavedModel, or where
 * the archive is cut or damaged; `denied` where the folder can't be written.
 */
export async function unpackSavedModel(archivePath: string, targetFolder: string): Promise<void> {
  const source = await openFileSource(archivePath);
  try {
    const target = resolve(targetFolder);
    const tar = await archiveStream(source, archivePath);
    const fresh = await makeFresh(archivePath, target);
    const reader = new ByteReader(tar);
    try {
      for await (const file of tarFiles(reader, archivePath)) await write(file, fresh);
      await Deno.lstat(join(fresh, "variables", "variables.index"));
      await Deno.rename(fresh, target);
    } catch (error) {
      await reader.cancel();
      await Deno.remove(fresh, { recursive: true });
      throw fault(archivePath, target, error);
    }
  } finally {
    source.close();
  }
}

async function makeFresh(archivePath: string, target: string): Promise<string> {
  try {
    if (await exists(target)) throw new Deno.errors.AlreadyExists();
    await Deno.mkdir(dirname(target), { recursive: true });
    const fresh = await Deno.makeTempDir({ dir: dirname(target), prefix: ".unpacking-" });
    await Deno.mkdir(join(fresh, "variables"));
    return fresh;
  } catch (error) {
    throw fault(archivePath, target, error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function write({ name, body }: TarFile, folder: string): Promise<void> {
  using file = await Deno.open(join(folder, name), { write: true, createNew: true });
  for await (const bytes of body) {
    for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  }
}

function fault(archivePath: string, target: string, error: unknown): MegapteraError {
  if (error instanceof MegapteraError) return error;
  const make = (kind: MegapteraError["kind"], reason: string): MegapteraError =>
    new MegapteraError(kind, `Cannot unpack ${archivePath} into ${target} as ${reason}.`, {
      cause: error,
    });
  // Thrown by DecompressionStream where gzip's data or its checksum do not fit.
  if (error instanceof TypeError) return unreadableModel(archivePath, "its gzip is damaged or cut");
  if (error instanceof Deno.errors.NotFound) {
    return unreadableModel(archivePath, "there is no variables/variables.index in it");
  }
  if (error instanceof Deno.errors.AlreadyExists) {
    return make("usage", "something is there already");
  }
  if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
    return make("denied", "the folder may not be written");
  }
  const text = error instanceof Error ? error.message : String(error);
  return make("retry", `the system failed: ${text.replace(/\.$/, "")}`);
}
