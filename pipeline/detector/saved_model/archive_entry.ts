import type { TarHeader } from "./tar_header.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

const MEBIBYTE = 2 ** 20;
/** What a SavedModel is made of, and how large each may be. */
const FILES: readonly { name: RegExp; maxBytes: number; isKept: boolean }[] = [
  { name: /^variables\/variables\.data-\d{5}-of-\d{5}$/, maxBytes: 512 * MEBIBYTE, isKept: true },
  { name: /^variables\/variables\.index$/, maxBytes: 16 * MEBIBYTE, isKept: true },
  {
    name: /^(saved_model|keras_metadata|fingerprint)\.pb$/,
    maxBytes: 64 * MEBIBYTE,
    isKept: true,
  },
  { name: /^assets(\.extra)?\/./, maxBytes: 64 * MEBIBYTE, isKept: false },
];
const FOLDERS = /^(|\.|variables|assets(\.extra)?(\/.*)?)$/;

/**
 * Decides what becomes of an archive's entry. Only the files of a SavedModel are let through, by
 * their names; everything else about an entry is a reason to refuse the archive.
 *
 * @param header The entry's header; no pax header.
 * @param path The archive, for the fault's sentence.
 * @returns The file to write, relative to the model's folder with `/`; nothing where the entry is
 * to be skipped.
 * @throws {MegapteraError} `data` that names the entry.
 */
export function archiveEntry({ name, type, size }: TarHeader, path: string): string | undefined {
  const refuse = (reason: string): Error =>
    unreadableModel(path, `its entry ${quoted(name)} ${reason}`);
  if (type !== "0" && type !== "5") {
    throw refuse(`is neither a file nor a folder (type ${quoted(type)})`);
  }
  const plain = name.replace(/^(\.\/)+/, "");
  if (/^([/\\]|[A-Za-z]:)/.test(plain) || plain.split(/[/\\]/).includes("..")) {
    throw refuse("points out of the archive");
  }
  if (type === "5") {
    if (size > 0) throw refuse(`is a folder with ${size} bytes of content`);
    if (FOLDERS.test(plain.replace(/\/$/, ""))) return undefined;
    throw refuse("is no part of a SavedModel");
  }
  const file = FILES.find((file) => file.name.test(plain));
  if (!file) throw refuse("is no part of a SavedModel");
  if (size > file.maxBytes) {
    throw refuse(`is too large: ${size} bytes, of at most ${file.maxBytes}`);
  }
  return file.isKept ? plain : undefined;
}
