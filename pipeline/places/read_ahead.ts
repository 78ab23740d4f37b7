import { RangeFetch } from "./range_fetch.ts";
import type { RemoteAccess } from "./remote_access.ts";
import type { FileVersion, Transport } from "./transport.ts";

/** Bytes asked for at once. */
export const PIECE_BYTES = 8 * 2 ** 20;
/** Pieces held, those on their way included: 40 MiB a file, of which at most four are on their way. */
export const MOST_PIECES = 5;
export const MOST_ON_THEIR_WAY = 4;

/** Fetches what will be read before it is asked for: pieces in a row, a few at a time. */
export class ReadAhead {
  readonly #transport: Transport;
  readonly #access: RemoteAccess;
  readonly #version: FileVersion;
  /** In a row, without gaps. */
  #pieces: RangeFetch[] = [];
  #onTheirWay = 0;
  /** First byte that is to be fetched next, and the byte after the last. */
  #next = 0;
  #stop = 0;

  /**
   * @param transport Asks the server.
   * @param access Limits and counts.
   * @param version The file's version.
   */
  constructor(transport: Transport, access: RemoteAccess, version: FileVersion) {
    this.#transport = transport;
    this.#access = access;
    this.#version = version;
  }

  /**
   * Plans to fetch `[start, stop)`; what is there of it already is kept, and the rest let go of.
   *
   * @param start First byte.
   * @param stop The byte after the last, at most the file's size.
   */
  plan(start: number, stop: number): void {
    this.release(start);
    const kept = this.#pieces[0]?.start <= start
      ? this.#pieces.filter((piece) => piece.start < stop)
      : [];
    for (const piece of this.#pieces) if (!kept.includes(piece)) piece.abort();
    this.#pieces = kept;
    this.#next = Math.max(start, kept.at(-1)?.stop ?? 0);
    this.#stop = stop;
    this.#advance();
  }

  /**
   * Finds the piece that holds a byte, or brings it.
   *
   * @param offset The byte; those before it will not be asked for again.
   * @returns The piece; nothing where it was not planned.
   */
  pieceWith(offset: number): RangeFetch | undefined {
    // Read on from farther ahead than was thought: what lies between is not wanted.
    if (offset >= this.#next && offset < this.#stop) this.plan(offset, this.#stop);
    if (this.#pieces[0]?.start <= offset) {
      this.release(offset);
      this.#advance();
    }
    return this.#pieces[0]?.start <= offset ? this.#pieces[0] : undefined;
  }

  /**
   * The first byte that is held or on its way.
   *
   * @returns Its offset; Infinity where there is none.
   */
  get start(): number {
    return this.#pieces[0]?.start ?? Infinity;
  }

  /** Lets go of a piece that failed, so that its bytes are asked for anew. */
  drop(piece: RangeFetch): void {
    piece.abort();
    const at = this.#pieces.indexOf(piece);
    if (at >= 0) this.#pieces.splice(0, at + 1);
  }

  /** Lets go of all. */
  close(): void {
    this.#stop = 0;
    for (const piece of this.#pieces) piece.abort();
    this.#pieces = [];
  }

  /** Lets go of the pieces that end at or before a byte. */
  release(offset: number): void {
    const first = this.#pieces.findIndex((piece) => piece.stop > offset);
    const gone = this.#pieces.splice(0, first < 0 ? this.#pieces.length : first);
    for (const piece of gone) piece.abort();
  }

  #advance(): void {
    while (
      this.#next < this.#stop && this.#pieces.length < MOST_PIECES &&
      this.#onTheirWay < MOST_ON_THEIR_WAY
    ) {
      const stop = Math.min(this.#next + PIECE_BYTES, this.#stop);
      const piece = new RangeFetch(this.#transport, this.#access, this.#next, stop, this.#version);
      this.#pieces.push(piece);
      this.#next = stop;
      this.#onTheirWay++;
      const left = (): void => {
        this.#onTheirWay--;
        this.#advance();
      };
      piece.done.then(left, left);
    }
  }
}
