/** Facts that tell one version of a file from another. */
export interface FileVersion {
  /** The whole file's size in bytes. */
  readonly totalBytes: number;
  /** The ETag as the server wrote it, if it gave one. */
  readonly etag: string | undefined;
  /** The time of its last change as the server wrote it, if it gave one. */
  readonly lastModified: string | undefined;
}

/** A server's answer to a range, before any of it is believed. */
export interface RangeAnswer {
  readonly status: number;
  /** The headers that say what the body is; nothing where the server did not say. */
  readonly contentRange: string | undefined;
  readonly contentLength: number | undefined;
  readonly contentEncoding: string | undefined;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** To be read to its end, or cancelled. */
  readonly body: ReadableStream<Uint8Array>;
}

/** Asks a server for ranges of one file, once, and checks nothing but the status. */
export interface Transport {
  /** Address of the file, as manifests name it. */
  readonly uri: string;
  /**
   * Asks for `[start, stop)`.
   *
   * @param version What it must still be, where that is known; servers that understand it refuse.
   * @param signal Ends the request and its body.
   * @returns The answer, of status 200 or 206.
   * @throws {Error} A `RemoteFault`, or whatever the connection threw.
   */
  get(
    start: number,
    stop: number,
    version: FileVersion | undefined,
    signal: AbortSignal,
  ): Promise<RangeAnswer>;
  /**
   * Asks for no more than the file's version.
   *
   * @throws {Error} A `RemoteFault`, or whatever the connection threw.
   */
  head(signal: AbortSignal): Promise<FileVersion>;
}
