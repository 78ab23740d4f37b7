/**
 * Reads, lists and writes places: folders, S3, http and Google Storage, asked again where they falter.
 *
 * @module
 */
export { DiskStorage, diskWriteFault } from "./file_storage.ts";
export { openFileSource } from "./file_source.ts";
export { isOfSystem, isRecording } from "./file_list.ts";
export type { ListedFile } from "./source.ts";
export { listFiles, openReadable, openSource, openStorage } from "./schemes.ts";
export { placePattern } from "./place_pattern.ts";
export { RemoteAccess } from "./remote_access.ts";
export type { RemoteOptions, RemoteSeams } from "./connection.ts";
export { connectionFault, RemoteFault, type RemoteReason } from "./remote_fault.ts";
export {
  type KnownLength,
  type RangeSource,
  SourceFault,
  type SourceFaultReason,
  sourceName,
  UNKNOWN_VERSION,
  uriOf,
} from "./source.ts";
export {
  type FileToWrite,
  type ReadableStorage,
  type Storage,
  StorageConflict,
  type StoredFile,
  type StoredText,
} from "./storage.ts";
export { Watchdog } from "./watchdog.ts";
export { type FileSystem, openTemporary, writeWhole } from "./write_whole.ts";
export { AtomicFile, writeText } from "./atomic_file.ts";
