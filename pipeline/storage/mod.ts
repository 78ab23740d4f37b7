/**
 * Where results are kept and read from: a folder on disk or a prefix of an S3 bucket.
 *
 * @module
 */
export type { FileSystem } from "./file_system.ts";
export { DiskStorage } from "./disk_storage.ts";
export { openReadable } from "./open_readable.ts";
export { openStorage } from "./open_storage.ts";
export { type FileToWrite, type Storage, StorageConflict } from "./storage.ts";
export type { ReadableStorage } from "./storage.ts";
export type { StoredFile, StoredText } from "./storage.ts";
export { diskWriteFault } from "./disk_write_fault.ts";
export { openTemporary, syncFolder, writeWhole } from "./write_whole.ts";
