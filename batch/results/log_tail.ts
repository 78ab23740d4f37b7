import type { Storage } from "../../pipeline/places/mod.ts";
import { listBelow } from "../plan/list_below.ts";
import { logPrefix } from "../plan/run_paths.ts";

/** Lines that are kept of each attempt. */
const KEPT_LINES = 100;
/** While it works the kept lines are written at most this often: a PUT has its price. */
const WRITE_EVERY_MS = 60_000;

/** The last lines of a job's log, kept in the output too: log streams get lost. */
export class LogTail {
  readonly #out: Storage;
  readonly #path: string;
  readonly #now: () => number;
  #lines: string[] = [];
  #writtenMs = -Infinity;
  #writing: Promise<void> = Promise.resolve();

  /**
   * @param out The output.
   * @param path Where in it.
   * @param now Milliseconds of a clock that only goes forwards.
   */
  constructor(out: Storage, path: string, now: () => number = () => performance.now()) {
    this.#out = out;
    this.#path = path;
    this.#now = now;
  }

  /** Takes a line; writes what is kept now and then. */
  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    if (this.#now() - this.#writtenMs < WRITE_EVERY_MS) return;
    this.#writtenMs = this.#now();
    // What can't be written now is written at the end, or is lost with nothing but a log.
    this.#writing = this.#writing.then(() => this.#write()).catch(() => {});
  }

  /** Writes what is kept. */
  async flush(): Promise<void> {
    await this.#writing;
    await this.#write();
  }

  async #write(): Promise<void> {
    await this.#out.write([{ path: this.#path, text: this.#lines.map((l) => `${l}\n`).join("") }]);
  }
}

/**
 * Reads the log lines that the output keeps of a share's last attempt.
 *
 * @param out The output.
 * @param run The run.
 * @param share The share.
 * @param submission Only attempts of this submission; of any by default.
 * @returns Nothing where it never began, or died before it could write.
 */
export async function readLogTail(
  out: Storage,
  run: string,
  share: number,
  submission?: number,
): Promise<string[] | undefined> {
  let last: string | undefined;
  for await (const { path } of listBelow(out, logPrefix(run, share, submission))) {
    if (last === undefined || path > last) last = path;
  }
  const file = last === undefined ? undefined : await out.read(last);
  return file?.text.split("\n").filter((line) => line !== "");
}
