import { HomeFault } from "./home_fault.ts";

/**
 * Checks by its first two bytes that a body is gzip, as a page that says something else also comes
 * with status 200.
 *
 * @param read Gives the next piece of the body; nothing at its end.
 * @param contentType What the answer calls it, for the message.
 * @returns The first piece, of two bytes or more.
 * @throws {HomeFault} where it is not gzip.
 */
export async function firstGzipPiece(
  read: () => Promise<Uint8Array | undefined>,
  contentType: string | null,
): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array();
  while (first.length < 2) {
    const piece = await read();
    if (!piece) break;
    first = first.length === 0 ? piece : new Uint8Array([...first, ...piece]);
  }
  if (first[0] === 0x1f && first[1] === 0x8b) return first;
  const called = (contentType ?? "").replace(/[^\x20-\x7e]/g, "").slice(0, 60);
  const what = first.length === 0
    ? "sent nothing"
    : `sent something that is not a .tar.gz${called === "" ? "" : ` (${called})`}`;
  throw new HomeFault(what, { isPassing: false });
}
