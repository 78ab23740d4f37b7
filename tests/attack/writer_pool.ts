import { fileURLToPath } from "node:url";
import { MARK, type WriterEnd, type WriterJob } from "./writer.ts";

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));
/** Nothing that a writer is asked for takes so long, not even on a machine that is busy. */
const MOST_MS = 900_000;

interface Writer {
  readonly child: Deno.ChildProcess;
  readonly lines: AsyncIterator<string>;
  readonly input: WritableStreamDefaultWriter<Uint8Array>;
}

/** Processes that score, which are used again unless they are killed. */
export class WriterPool implements AsyncDisposable {
  readonly #flags: readonly string[];
  readonly #idle: Writer[] = [];

  /** @param flags Their permissions. */
  constructor(flags: readonly string[]) {
    this.#flags = flags;
  }

  /**
   * Scores in a process of its own.
   *
   * @param job What to score.
   * @param killAfterMs When it is killed, where it is.
   * @returns How it ended; nothing where it was killed before it did.
   */
  async run(job: WriterJob, killAfterMs?: number): Promise<WriterEnd | undefined> {
    const started = performance.now();
    const writer = this.#idle.pop() ?? this.#start();
    const ending = this.#ask(writer, job);
    let isKilled = false;
    const timer = setTimeout(() => {
      isKilled = true;
      writer.child.kill("SIGKILL");
    }, killAfterMs ?? MOST_MS);
    const end = await ending;
    clearTimeout(timer);
    // It may be killed when its answer is on its way.
    if (end && !isKilled) this.#idle.push(writer);
    else await writer.child.status;
    if (end || killAfterMs !== undefined) return end;
    const { code, signal } = await writer.child.status;
    const how = `it ended with ${signal ?? code} after ${performance.now() - started} ms`;
    throw new Error(`a writer neither finished nor said why not: ${how}`);
  }

  /** Starts processes ahead, so that they begin to score at the same moment. */
  ready(writers: number): void {
    while (this.#idle.length < writers) this.#idle.push(this.#start());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { child, input } of this.#idle) {
      await input.close();
      await child.status;
    }
  }

  #start(): Writer {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...this.#flags, WRITER],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    return { child, lines: linesOf(child.stdout), input: child.stdin.getWriter() };
  }

  async #ask({ input, lines }: Writer, job: WriterJob): Promise<WriterEnd | undefined> {
    await input.write(new TextEncoder().encode(`${JSON.stringify(job)}\n`)).catch(() => {});
    for (;;) {
      const { value, done } = await lines.next();
      if (done) return undefined;
      if (value.startsWith(MARK)) return JSON.parse(value.slice(MARK.length));
    }
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
  }
}
