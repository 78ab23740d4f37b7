import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Bytes sent at a time. */
const PIECE = 256 * 1024;

/**
 * Serves a folder's files by ranges, all together no faster than a network would.
 *
 * @param folder The folder.
 * @param bytesPerSecond How fast.
 * @returns The server; its origin is `http://127.0.0.1:PORT`.
 */
export function serveThrottled(
  folder: string,
  bytesPerSecond: number,
): Deno.HttpServer<Deno.NetAddr> {
  let freeAt = performance.now();
  /** Waits for its turn on the link, which all answers share. */
  const turn = async (bytes: number): Promise<void> => {
    const now = performance.now();
    freeAt = Math.max(freeAt, now) + bytes / bytesPerSecond * 1000;
    await sleep(freeAt - now);
  };
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const path = join(folder, new URL(request.url).pathname);
    const file = await Deno.open(path).catch(() => undefined);
    if (!file) return new Response("no such file", { status: 404 });
    const { size } = await file.stat();
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.get("range") ?? "") ?? [];
    const [start, stop] = [Number(from), Math.min(Number(to) + 1, size)];
    await file.seek(start, Deno.SeekMode.Start);
    let at = start;
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const piece = new Uint8Array(Math.min(PIECE, stop - at));
        const count = piece.length === 0 ? null : await file.read(piece);
        if (count === null) {
          file.close();
          return controller.close();
        }
        await turn(count);
        at += count;
        controller.enqueue(piece.subarray(0, count));
      },
      cancel: () => file.close(),
    });
    return new Response(body, {
      status: 206,
      headers: {
        "content-range": `bytes ${start}-${stop - 1}/${size}`,
        "content-length": String(stop - start),
        etag: '"1"',
      },
    });
  });
}
