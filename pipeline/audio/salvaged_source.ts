import { type RangeSource, SourceFault } from "../places/mod.ts";
import { unreadable } from "./recording.ts";

/** Disks give and fail by so many bytes, or by a part of them. */
const SECTOR_BYTES = 4096;
/** A disk takes its time over each failure, so that after some of them it is left alone. */
const MOST_FAILURES = 64;

/** Bytes that a disk can't give, `[start, stop)`, and what it said. */
interface UnreadableBytes {
  readonly start: number;
  readonly stop: number;
  readonly fault: SourceFault;
}

/**
 * Reads a recording on a disk that may have bad sectors: what can't be read is 0, and it is told
 * which bytes these are. What lies around them is read all the same.
 */
export class SalvagedSource implements RangeSource {
  readonly #source: RangeSource;
  /** Ascending and apart. */
  #gaps: UnreadableBytes[] = [];
  #left = MOST_FAILURES;

  /** @param source The recording's bytes. */
  constructor(source: RangeSource) {
    this.#source = source;
  }

  get uri(): string {
    return this.#source.uri;
  }

  get sizeBytes(): number {
    return this.#source.sizeBytes;
  }

  get version(): string {
    return this.#source.version;
  }

  /**
   * Reads bytes; where some can't be, those around them.
   *
   * @throws {MegapteraError} What reading throws but for bad sectors, and for those where there are too
   * many.
   */
  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#source.read(offset, length);
    } catch (error) {
      this.#spend(error);
      const stop = Math.min(offset + length, this.sizeBytes);
      const bytes = new Uint8Array(stop - offset);
      await this.#halve(bytes, offset, offset, stop, error as SourceFault);
      return bytes;
    }
  }

  willRead(start: number, stop: number): void {
    this.#source.willRead?.(start, stop);
  }

  close(): void {
    this.#source.close();
  }

  /** Gives the bytes of a span that could not be read so far. */
  gapsWithin(start: number, stop: number): UnreadableBytes[] {
    return this.#gaps.filter((gap) => gap.start < stop && gap.stop > start);
  }

  /** Reads the halves of a span that can't be read whole. */
  async #halve(
    bytes: Uint8Array,
    offset: number,
    start: number,
    stop: number,
    fault: SourceFault,
  ): Promise<void> {
    const middle = Math.ceil((start + (stop - start) / 2) / SECTOR_BYTES) * SECTOR_BYTES;
    if (middle <= start || middle >= stop) return this.#addGap({ start, stop, fault });
    for (const [from, to] of [[start, middle], [middle, stop]]) {
      try {
        bytes.set(await this.#source.read(from, to - from), from - offset);
      } catch (error) {
        this.#spend(error);
        await this.#halve(bytes, offset, from, to, error as SourceFault);
      }
    }
  }

  /** Counts a failure of the disk; anything else is thrown. */
  #spend(error: unknown): void {
    const { code } = Object(error instanceof SourceFault && error.cause) as { code?: string };
    if (code !== "EIO" || --this.#left < 0) throw error;
  }

  #addGap(gap: UnreadableBytes): void {
    const others = this.#gaps.filter(({ start, stop }) => stop <= gap.start || start >= gap.stop);
    this.#gaps = [...others, gap].sort((a, b) => a.start - b.start);
  }
}

/**
 * Reads bytes that must be there.
 *
 * @param source Where from.
 * @param offset First byte.
 * @param length How many, within the source.
 * @returns Just as many.
 * @throws {MegapteraError} `data` where the source gives less, and what reading throws.
 */
export async function readWhole(
  source: RangeSource,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.read(offset, length);
  if (bytes.length === length) return bytes;
  const got = `${bytes.length} of ${length} bytes came from byte ${offset}`;
  throw unreadable(source, `its source gave less than was asked for: ${got}`);
}
