import { pathToFileURL } from "node:url";
import { MegapteraError, walkFiles } from "../../core/mod.ts";
import { fileVersion } from "./file_source.ts";
import { type ListedFile, SourceFault } from "./source.ts";

/**
 * Lists the files in a folder and below, but hidden ones.
 *
 * @param folder The folder.
 * @returns The files, in no particular order.
 * @throws {MegapteraError} A `SourceFault` `missing` where there is no such folder, `denied` where it
 * can't be looked into; `usage` where it is a file.
 */
export async function* listFolder(folder: string): AsyncGenerator<ListedFile> {
  try {
    for await (const path of walkFiles(folder, { isWanted: (name) => !isOfSystem(name) })) {
      // A link that leads nowhere is a file that is missing: opening it says so.
      const info = await Deno.stat(path).catch(() => Deno.lstat(path));
      yield { uri: pathToFileURL(path).href, sizeBytes: info.size, version: fileVersion(info) };
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new SourceFault("missing", `Cannot list ${folder} as there is no such folder.`);
    }
    if (error instanceof Deno.errors.NotADirectory) {
      throw new MegapteraError(
        "usage",
        `Cannot list ${folder} as it is a file: name the folder that it is in.`,
      );
    }
    const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    throw new MegapteraError("denied", `Cannot look into ${folder}: ${reason}.`, { cause: error });
  }
}

const RECORDING = /\.(?:wav|flac)$/i;
const SYSTEM_FOLDERS = new Set(["lost+found", "System Volume Information", "$RECYCLE.BIN"]);

/**
 * Tells whether a file is a recording by its name: WAV or FLAC, and not what macOS keeps beside a
 * file on other systems' disks (`._NAME.wav`).
 *
 * @param place A path or URI.
 */
export function isRecording(place: string): boolean {
  const name = place.slice(Math.max(place.lastIndexOf("/"), place.lastIndexOf("\\")) + 1);
  return RECORDING.test(name) && !isOfSystem(name);
}

/**
 * Tells whether a file or folder belongs to a system and not to the user, by its name: hidden, as are
 * trash cans and the stores of git-annex, or a folder of the disk's own.
 *
 * @param name The name without its folder.
 */
export function isOfSystem(name: string): boolean {
  return name.startsWith(".") || SYSTEM_FOLDERS.has(name);
}
