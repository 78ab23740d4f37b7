/**
 * Bytes of one recording, read by ranges: a file on disk now, an S3 object or an http address
 * later. A source never holds more than the ranges it was asked for.
 */
export interface RangeSource {
  /** Where it is, as the manifest names it: `file:///…`, later `s3://…`, `https://…`. */
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
   * @throws {MegapteraError} `retry` or `denied` where reading fails.
   */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Lets go of what the source holds; a second call does nothing. */
  close(): void;
}
