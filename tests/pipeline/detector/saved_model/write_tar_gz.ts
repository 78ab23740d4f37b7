/** An entry of an archive; the rest is as GNU tar writes it. */
export interface TestEntry {
  name: string;
  bytes?: Uint8Array;
  /** Type flag (`0`). */
  type?: string;
  /** What a link points to. */
  link?: string;
  /** Size that the header declares instead of the bytes' own. */
  size?: number;
  /** What stands before the name, in a field of its own. */
  prefix?: string;
  /** Changes the finished header. */
  edit?: (header: Uint8Array) => void;
}

const BLOCK = 512;

/** A pax header that says something of the next entry (`x`) or of all that follow (`g`). */
export function pax(key: string, value: string, type = "x"): TestEntry {
  const record = ` ${key}=${value}\n`;
  const bytes = new TextEncoder().encode(record).length;
  // The length counts its own digits.
  const length = [1, 2, 3, 4].map((digits) => bytes + digits)
    .find((all) => String(all).length + bytes === all);
  return { name: `PaxHeader/${key}`, type, bytes: new TextEncoder().encode(length + record) };
}

/** A name as GNU tar stores what is too long for a header. */
export function gnuLongName(name: string): TestEntry {
  return { name: "././@LongLink", type: "L", bytes: new TextEncoder().encode(`${name}\0`) };
}

/** Writes a tar archive (ustar). */
export function writeTar(entries: readonly TestEntry[]): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (const entry of entries) {
    const bytes = entry.bytes ?? new Uint8Array(0);
    const body = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
    body.set(bytes);
    blocks.push(writeHeader(entry, bytes.length), body);
  }
  blocks.push(new Uint8Array(2 * BLOCK));
  const tar = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    tar.set(block, at);
    at += block.length;
  }
  return tar;
}

/** Writes a `.tar.gz` archive. */
export function writeTarGz(entries: readonly TestEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  return gzip(writeTar(entries));
}

export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function writeHeader(entry: TestEntry, length: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => header.set(new TextEncoder().encode(text), at);
  put(0, entry.name);
  put(100, "0000644\0");
  put(124, (entry.size ?? length).toString(8).padStart(11, "0"));
  put(136, "00000000000");
  put(156, entry.type ?? "0");
  put(157, entry.link ?? "");
  put(257, "ustar\x0000");
  put(345, entry.prefix ?? "");
  put(148, "        ");
  put(148, header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0") + "\0 ");
  entry.edit?.(header);
  return header;
}
