/** An entry to write; its type is the tar type flag, `0` (a file) unless given. */
export interface TarGzEntry {
  readonly name: string;
  readonly type?: string;
  readonly bytes?: Uint8Array;
  readonly linkName?: string;
}

const encoder = new TextEncoder();

/** Writes a POSIX tar archive, whatever its entries are, and compresses it. */
export function writeTarGz(entries: readonly TarGzEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  return gzip(writeTar(entries));
}

/** The same, not compressed. */
export function writeTar(entries: readonly TarGzEntry[]): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (const entry of entries) {
    const bytes = entry.bytes ?? new Uint8Array();
    blocks.push(header(entry, bytes.length), bytes, new Uint8Array(-bytes.length & 511));
  }
  blocks.push(new Uint8Array(1024));
  return joined(blocks);
}

/** Compresses. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Writes the checksum of a header anew, for tests that changed a field of it. */
export function sealHeader(block: Uint8Array): void {
  block.fill(0x20, 148, 156);
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  block.set(encoder.encode(sum.toString(8).padStart(6, "0") + "\0 "), 148);
}

function header({ name, type, linkName }: TarGzEntry, sizeBytes: number): Uint8Array {
  const block = new Uint8Array(512);
  const put = (offset: number, text: string): void => block.set(encoder.encode(text), offset);
  put(0, name);
  put(100, "0000644\0");
  put(124, sizeBytes.toString(8).padStart(11, "0"));
  put(136, "00000000000");
  put(156, type ?? "0");
  put(157, linkName ?? "");
  put(257, "ustar\0" + "00");
  sealHeader(block);
  return block;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
