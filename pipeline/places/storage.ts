/** A file as a listing shows it. */
export interface StoredFile {
  /** Path below the storage's root, with `/` between its parts. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Version of its content: an ETag, or size and modification time of a file on disk. */
  readonly version: string;
  /** Time when it was written, epoch milliseconds, where that was asked for and is known. */
  readonly changedMs?: number;
}

/** A file's text, and the version that it is of. */
export interface StoredText {
  readonly text: string;
  readonly version: string;
}

/** A file that is to be written whole or not at all. */
export interface FileToWrite {
  /** Path below the storage's root, with `/` between its parts. */
  readonly path: string;
  /** Text that it is to hold; `null` where nothing is to lie there. */
  readonly text: string | null;
  /**
   * Version that must lie there for it to be written or removed: the one that was read, `null` for
   * nothing; any may where this is left out. A folder on disk can't compare and replace in one
   * step: there two that replace the same version within the same millisecond may both do so.
   */
  readonly replaces?: string | null;
}

/**
 * Files by path: a folder on disk, or a prefix of an S3 bucket. Files appear whole or not at all.
 */
export interface Storage {
  /** Name as it was given, for messages: a folder's path or `s3://bucket/prefix`. */
  readonly name: string;
  /** Whether it is far away: a request takes time, and other machines write there too. */
  readonly isRemote: boolean;
  /**
   * Makes it ready to be written to and tries whether it can be, so that hours of work are not found
   * to be in vain. Nothing is left behind.
   *
   * @throws {MegapteraError} `denied` where it may not be, `retry` where it can't be now.
   */
  tryWriting(): Promise<void>;
  /**
   * Lists files.
   *
   * @param under Only those whose path begins with this; all by default.
   * @param withTimes Whether it must be told when each was written.
   * @returns The files in no particular order; temporary ones are left out.
   * @throws {MegapteraError} `data` where there is no such folder or bucket, `denied` or `retry`.
   */
  list(under?: string, withTimes?: boolean): AsyncGenerator<StoredFile>;
  /**
   * Reads a file.
   *
   * @param path Path below the root.
   * @returns Its text as UTF-8, or nothing where there is none.
   * @throws {MegapteraError} `denied` or `retry` where it can't be read.
   */
  read(path: string): Promise<StoredText | undefined>;
  /**
   * Reads a file that is not to be written again: its bytes, as quickly as can be.
   *
   * @param path Path below the root.
   * @returns The bytes, or nothing where there is none.
   * @throws {MegapteraError} `denied` or `retry` where it can't be read.
   */
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /**
   * Tells how long ago a file was written, by the clock of the place that keeps it: those of the
   * machines that write and ask may differ by minutes.
   *
   * @param path Path below the root.
   * @returns Milliseconds, ≥ 0; nothing where there is no such file.
   * @throws {MegapteraError} `denied` or `retry` where it can't be told.
   */
  ageMs(path: string): Promise<number | undefined>;
  /**
   * Writes or removes files in their order, each whole or not at all. Where the medium allows it, none
   * is put in its place before all are staged. What lies there is replaced in one step, never removed
   * before.
   *
   * @param files What to write.
   * @returns The versions that they are of now, in the same order; `null` of those that went.
   * @throws {StorageConflict} Where something else lies there than `replaces` says, and not the very
   * same text.
   * @throws {MegapteraError} `denied` or `retry` where it can't be written.
   */
  write(files: readonly FileToWrite[]): Promise<(string | null)[]>;
  /**
   * Removes what writers that no longer live have left in a folder.
   *
   * @param folder Path below the root, without `/` at its end; it need not be there.
   */
  tidy(folder: string): Promise<void>;
}

/** Part of a storage that reading alone needs: files by path, and their bytes. */
export interface ReadableStorage extends Pick<Storage, "name" | "isRemote" | "readBytes"> {
  /** Lists files, as `Storage` does; of each only what is needed. */
  list(
    under?: string,
    withTimes?: boolean,
  ): AsyncGenerator<Pick<StoredFile, "path" | "changedMs">>;
}

/** Reports that somebody else wrote a file first. */
export class StorageConflict extends Error {
  /** Path of the file that was there. */
  readonly path: string;

  /** @param path The file that was there. */
  constructor(path: string) {
    super(`Cannot write ${path} as it was written by somebody else meanwhile`);
    this.name = "StorageConflict";
    this.path = path;
  }
}
