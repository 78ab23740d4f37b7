import { z } from "zod";
import type { Storage } from "../pipeline/places/mod.ts";
import { listBelow, logPrefix } from "./run_paths.ts";

/** Lines that are kept of each attempt. */
const KEPT_LINES = 100;
/** While it works the kept lines are written at most this often: a PUT has its price. */
const WRITE_EVERY_MS = 60_000;

/** Keeps the last lines of a job's log, in the output too: log streams get lost. */
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

const lineSchema = z.object({
  event: z.string(),
  hour: z.string().optional(),
  state: z.string().optional(),
  notes: z.array(z.string()).optional(),
  message: z.string().optional(),
  exit_code: z.int().optional(),
});

/** Fields of a worker's log line that say how its share went. */
type LogLine = z.infer<typeof lineSchema>;

/** Reads a log line of a worker; nothing where it was cut, or is another program's. */
export function parseLogLine(line: string): LogLine | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A share that failed, with what is known of its end. */
interface FailedShare {
  share: number;
  exitCode?: number | undefined;
  /** Reason in the back end's words. */
  reason?: string | undefined;
  /** Log lines that its last try left. */
  lines: readonly string[];
}

/** Shares that failed for the same cause. */
interface AlikeShares {
  /** The first one's cause, in words. */
  cause: string;
  shares: number[];
}

/**
 * Groups shares that failed alike: for causes that differ in nothing but numbers and
 * names with numbers in them, such as hours, recordings and machines.
 *
 * @param failed The shares.
 * @returns The groups, that of most shares first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const failed = [1, 2].map((share) => ({ share, reason: `host ${share} went`, lines: [] }));
 * assert.deepEqual(alike(failed), [{ cause: "host 1 went", shares: [1, 2] }]);
 * ```
 */
export function alike(failed: readonly FailedShare[]): AlikeShares[] {
  const groups = Map.groupBy(
    failed.map((one) => ({ share: one.share, cause: causeOf(one) })),
    ({ cause }) => cause.replace(/[\w-]*\d[\w-]*/g, "#"),
  );
  return [...groups.values()]
    .map((group) => ({ cause: group[0].cause, shares: group.map(({ share }) => share) }))
    .sort((a, b) => b.shares.length - a.shares.length);
}

/**
 * Tells why a share failed: what its worker said of itself, or of the first hour that failed; else
 * what its back end says.
 */
export function causeOf({ lines, exitCode, reason }: FailedShare): string {
  const said = lines.map(parseLogLine);
  const fault = said.findLast((line) => line?.event === "fault")?.message;
  const failed = said.find((line) => line?.event === "hour" && line.state === "failed");
  const code = exitCode === undefined ? "it left no exit code" : `exit code ${exitCode}`;
  return fault ?? failed?.notes?.join(" ") ?? reason ?? code;
}
