import { basename, dirname, join, resolve } from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { MegapteraError } from "../../../core/mod.ts";
import { openFileSource, type RangeSource } from "../../places/mod.ts";
import { decodeTarHeader, tarEntries, type TarEntry } from "./tar.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

/** Files of a SavedModel that are needed, in whatever folder of the archive. */
const NEEDED = /^(?:(.*)\/)?(saved_model\.pb|variables\/variables\.(?:index|data-\d{5}-of-\d{5}))$/;
/** Files without which there is no model; which data files are needed the index says. */
const MUST: readonly string[] = ["saved_model.pb", "variables/variables.index"];
const PIECE_BYTES = 1 << 18;
/** Beginnings of other archives. */
const PACKED: readonly (readonly [start: string, packer: string])[] = [
  ["PK", "zip"],
  ["\xfd7zXZ", "xz"],
  ["BZh", "bzip2"],
  ["\x28\xb5\x2f\xfd", "zstd"],
  ["7z\xbc\xaf", "7-Zip"],
  ["Rar!", "RAR"],
  ["\x04\x22\x4d\x18", "lz4"],
  ["LZIP", "lzip"],
  ["\x1f\x9d", "compress"],
];

/**
 * Unpacks what is needed of a SavedModel's archive, from whatever folder it lies in there; all else
 * is passed over. Nothing is written under a name that the archive gives, and sizes are bounded. All
 * goes into a fresh folder beside the target, which is renamed into place when it is complete and
 * removed where anything fails.
 *
 * @param archivePath A `.tar.gz`, or the plain `.tar` that some browsers make of one.
 * @param targetFolder Where the model is to be; there must be nothing yet.
 * @throws {MegapteraError} `data` where the archive is cut, damaged, hostile, or holds no model or
 * several; `denied` where the folder can't be written.
 */
export async function unpackSavedModel(archivePath: string, targetFolder: string): Promise<void> {
  const source = await openFileSource(archivePath);
  try {
    const target = resolve(targetFolder);
    const pieces = await tarOf(source, archivePath);
    const fresh = await makeFresh(archivePath, target);
    try {
      await writeModel(tarEntries(pieces, archivePath), fresh, archivePath);
      await Deno.rename(fresh, target);
    } catch (error) {
      await Deno.remove(fresh, { recursive: true });
      throw fault(archivePath, target, error);
    }
  } finally {
    source.close();
  }
}

/** Reads the tar that an archive holds, unzipped as it is read. */
async function tarOf(source: RangeSource, path: string): Promise<AsyncIterable<Uint8Array>> {
  const start = await source.read(0, 512);
  if (start[0] === 0x1f && start[1] === 0x8b) {
    // Takes gzip in several parts and with padding after it, as DecompressionStream does not.
    return pipeline(
      Readable.from(piecesOf(source)),
      createGunzip({ chunkSize: PIECE_BYTES }),
      () => {},
    );
  }
  if (start.length === 512 && decodeTarHeader(start)) return piecesOf(source);
  const text = new TextDecoder("latin1").decode(start);
  const packer = PACKED.find(([begin]) => text.startsWith(begin))?.[1];
  if (packer) {
    throw unreadableModel(
      path,
      `it is packed with ${packer}: unpack it, and give the folder that comes out of it`,
    );
  }
  if (basename(path) === "saved_model.pb") {
    throw unreadableModel(path, "it is a part of a SavedModel: give the folder that it lies in");
  }
  throw unreadableModel(
    path,
    "it is neither a SavedModel's folder nor a .tar.gz or .tar archive of one: a network of " +
      "another kind runs from a .onnx file (docs/detector.md)",
  );
}

async function* piecesOf(source: RangeSource): AsyncGenerator<Uint8Array> {
  for (let offset = 0;;) {
    const bytes = await source.read(offset, PIECE_BYTES);
    if (bytes.length === 0) return;
    offset += bytes.length;
    yield bytes;
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

async function writeModel(
  entries: AsyncIterable<TarEntry>,
  folder: string,
  path: string,
): Promise<void> {
  const files = new Set<string>();
  let root: string | undefined;
  for await (const { name, type, body } of entries) {
    const refuse = (reason: string): Error =>
      unreadableModel(path, `its entry ${quoted(name)} ${reason}`);
    const parts = name.split(/[/\\]/);
    if (/^([/\\]|[A-Za-z]:)/.test(name) || parts.includes("..")) {
      throw refuse("points out of the archive");
    }
    const plain = parts.filter((part) => part !== "" && part !== ".").join("/");
    const [, place = "", file] = NEEDED.exec(plain) ?? [];
    const isFile = type === "0" || type === "7";
    if (!isFile && type !== "5" && (file || /(^|\/)variables$/.test(plain))) {
      throw refuse(
        "is a link, or nothing with bytes: pack the files themselves (tar --dereference)",
      );
    }
    if (!file || !isFile) continue;
    root ??= place;
    if (place !== root) {
      const folders = [root, place].map((one) => quoted(one || ".")).join(" and ");
      throw unreadableModel(
        path,
        `it holds models in ${folders}: unpack it, and give one's folder`,
      );
    }
    if (files.has(file)) throw refuse("comes twice");
    files.add(file);
    await write(join(folder, file), body);
  }
  const missing = MUST.find((file) => !files.has(file));
  if (missing) throw unreadableModel(path, `there is no ${missing} in it`);
}

async function write(path: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
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
  // As zlib says where gzip's data or its checksum do not fit.
  if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
    return unreadableModel(archivePath, "its gzip is damaged or cut", error);
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
