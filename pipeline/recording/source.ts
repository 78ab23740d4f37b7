/** The version of a recording that nothing tells from another, such as that of some servers. */
export const UNKNOWN_VERSION = "unknown";

/**
 * Bytes of one recording, read by ranges: a file on disk, an S3 object or an http address. What a
 * source holds is bounded, whatever the size of the recording.
 */
export interface RangeSource {
  /** Where it is, as the manifest names it: `file:///…`, `s3://…`, `https://…`. */
  readonly uri: string;
  /** Size in bytes when it was opened. */
  readonly sizeBytes: number;
  /** What pins the version read: an ETag, or the modification time as an ISO stamp for a file. */
  readonly version: string;
  /**
   * Reads `[offset, offset + length)`, cut at the end of the source.
   *
   * @param offset First byte, an integer ≥ 0.
   * @param length Number of bytes, an integer ≥ 0.
   * @throws {MegapteraError} `data`, `retry` or `denied` where reading fails.
   */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Says which bytes will be read next and in order, `[start, stop)`: a source far away fetches them
   * ahead, and none beyond them. Without it nothing is fetched that was not asked for.
   *
   * @param start First byte.
   * @param stop The byte after the last that will be asked for.
   */
  willRead?(start: number, stop: number): void;
  /**
   * Looks again, after the last read, whether all that was read is of the version that was opened:
   * where the reads themselves can't tell.
   *
   * @throws {MegapteraError} `data` where it was changed meanwhile.
   */
  confirm?(): Promise<void>;
  /** Lets go of what the source holds; a second call does nothing. */
  close(): void;
}
