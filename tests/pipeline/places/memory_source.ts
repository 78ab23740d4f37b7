import type { RangeSource } from "../../../pipeline/places/source.ts";

/** Bytes in memory as a source that counts what is asked of it. */
export class MemorySource implements RangeSource {
  readonly uri: string;
  readonly version = "1";
  readonly sizeBytes: number;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  reads = 0;
  bytesRead = 0;
  isClosed = false;

  constructor(bytes: Uint8Array<ArrayBuffer>, uri = "file:///data/20210101_093000.wav") {
    this.#bytes = bytes;
    this.sizeBytes = bytes.length;
    this.uri = uri;
  }

  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.#bytes.slice(offset, offset + length);
    this.reads++;
    this.bytesRead += bytes.length;
    return Promise.resolve(bytes);
  }

  close(): void {
    this.isClosed = true;
  }
}
