/** What came to a made-up home. */
export interface AskedFor {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Uint8Array;
  /** Falls silent behind the body, rather than closing the connection. */
  readonly stalls?: boolean;
  /** Sends the body in ten pieces, with a pause of so many milliseconds before each. */
  readonly pauseMs?: number;
}

/**
 * Runs a test with a home on this machine that speaks HTTP by hand, so that it can also break it.
 *
 * @param answer The answer to the request of this number, counted from 0.
 * @param test What is done with it; `asked` is what it was asked for, in order.
 */
export async function withHome(
  answer: (asked: AskedFor, count: number) => Answer,
  test: (home: { base: string; asked: AskedFor[] }) => Promise<void>,
): Promise<void> {
  const asked: AskedFor[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving: Promise<void>[] = [];
  const accepting = (async (): Promise<void> => {
    for await (const connection of listener) serving.push(converse(connection, asked, answer));
  })();
  try {
    await test({ base: `http://127.0.0.1:${listener.addr.port}`, asked });
  } finally {
    listener.close();
    await accepting;
    await Promise.all(serving);
  }
}

/**
 * Answers as a server that keeps its word: the whole, or with `If-Range` unchanged the rest.
 *
 * @param file The whole file.
 * @param asked What was asked for.
 * @param etag The file's version.
 * @param cutAfter Breaks the connection after so many bytes of the body.
 */
export function serve(
  file: Uint8Array,
  asked: AskedFor,
  etag: string,
  cutAfter = Infinity,
): Answer {
  const wanted = /^bytes=(\d+)-$/.exec(asked.range ?? "");
  const isPart = wanted !== null && asked.ifRange === etag;
  const start = isPart ? Number(wanted[1]) : 0;
  const range = isPart ? `bytes ${start}-${file.length - 1}/${file.length}` : undefined;
  return {
    status: isPart ? 206 : 200,
    headers: {
      etag,
      "content-length": file.length - start,
      ...range && { "content-range": range },
    },
    body: file.subarray(start, start + cutAfter),
  };
}

async function converse(
  connection: Deno.TcpConn,
  asked: AskedFor[],
  answer: (asked: AskedFor, count: number) => Answer,
): Promise<void> {
  try {
    let text = "";
    const piece = new Uint8Array(4096);
    while (!text.includes("\r\n\r\n")) {
      const count = await connection.read(piece);
      if (count === null) return;
      text += new TextDecoder().decode(piece.subarray(0, count));
    }
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}: (.*)\r$`, "im").exec(text)?.[1];
    asked.push({
      path: text.split(" ")[1],
      range: field("range"),
      ifRange: field("if-range"),
    });
    const { status, headers = {}, body, stalls, pauseMs } = answer(
      asked[asked.length - 1],
      asked.length - 1,
    );
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `HTTP/1.1 ${status} Word\r\n${lines.join("")}connection: close\r\n\r\n`;
    const writer = connection.writable.getWriter();
    await writer.write(new TextEncoder().encode(head));
    const size = body && pauseMs ? Math.ceil(body.length / 10) : Infinity;
    for (let start = 0; body && start < body.length; start += size) {
      if (pauseMs) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      await writer.write(body.subarray(start, start + size));
    }
    // It hears of the other side's leaving as the end of what it reads.
    while (stalls && await connection.read(piece) !== null);
    await writer.close();
  } catch {
    // the other side left, which is its right
  } finally {
    try {
      connection.close();
    } catch {
      // closed with its writer
    }
  }
}
