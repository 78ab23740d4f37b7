import { createInterface } from "node:readline";
import process from "node:process";

/** What the line begins with that says how a job ended; all else is the command's own. */
const MARK = "job ended: ";
/** Nothing that a process is asked for takes so long, not even on a machine that is busy. */
const MOST_MS = 900_000;

/**
 * Does jobs again and again, for a `ProcessPool`, as the command line would in a process each: a line
 * of JSON in, a line out. Ends the process with its input.
 */
export async function serveJobs<Job, End>(work: (job: Job) => Promise<End>): Promise<never> {
  for await (const line of createInterface({ input: process.stdin })) {
    const end = await work(JSON.parse(line));
    process.stdout.write(`${MARK}${JSON.stringify(end)}\n`);
  }
  Deno.exit();
}

interface Served {
  readonly child: Deno.ChildProcess;
  readonly lines: AsyncIterator<string>;
  readonly input: WritableStreamDefaultWriter<Uint8Array>;
}

/** Processes that do jobs, which are used again unless they are killed. */
export class ProcessPool<Job, End> implements AsyncDisposable {
  readonly #script: string;
  readonly #flags: readonly string[];
  readonly #idle: Served[] = [];

  /**
   * @param script What they run, which calls `serveJobs`.
   * @param flags Their permissions.
   */
  constructor(script: string, flags: readonly string[]) {
    this.#script = script;
    this.#flags = flags;
  }

  /**
   * Does a job in a process of its own.
   *
   * @param job The job.
   * @param killing Kills the process when it aborts. Who has one may be killed by others, too.
   * @returns How it ended; nothing where it was killed before it did.
   */
  async run(job: Job, killing?: AbortSignal): Promise<End | undefined> {
    const started = performance.now();
    const served = this.#idle.pop() ?? this.#start();
    const ending = this.#ask(served, job);
    let isKilled = false;
    const kill = (): void => {
      isKilled = true;
      try {
        served.child.kill("SIGKILL");
      } catch {
        // it had been killed before
      }
    };
    const timer = setTimeout(kill, MOST_MS);
    killing?.addEventListener("abort", kill);
    const end = await ending;
    clearTimeout(timer);
    killing?.removeEventListener("abort", kill);
    // It may be killed when its answer is on its way.
    if (end && !isKilled) this.#idle.push(served);
    else await served.child.status;
    if (end || killing) return end;
    const { code, signal } = await served.child.status;
    const how = `it ended with ${signal ?? code} after ${performance.now() - started} ms`;
    throw new Error(`a process neither did its job nor said why not: ${how}`);
  }

  /** Starts processes ahead, so that they begin at the same moment. */
  ready(processes: number): void {
    while (this.#idle.length < processes) this.#idle.push(this.#start());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { child, input } of this.#idle) {
      await input.close();
      await child.status;
    }
  }

  #start(): Served {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...this.#flags, this.#script],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    return { child, lines: linesOf(child.stdout), input: child.stdin.getWriter() };
  }

  async #ask({ input, lines }: Served, job: Job): Promise<End | undefined> {
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
