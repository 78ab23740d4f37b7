import type { Recording } from "../../pipeline/audio/mod.ts";
import { type FileSystem, REAL_FILES } from "../../pipeline/places/write_whole.ts";
import type { Catalogue } from "../../pipeline/timeline/mod.ts";

/** `once`: the operation fails; `for ever`: it and all after it; `stop`: the process ends there. */
export type Failure = "once" | "for ever" | "stop";

/** The process would have ended: nothing after it has an effect. */
export class Stopped extends Error {}

/** Which operations fail with what the system says; all of them, with words of the test's own. */
export interface SystemFault {
  what: string;
  code: string;
}

/** Counts operations, and lets the n-th fail. */
export class Operations {
  count = 0;
  readonly #n: number;
  readonly #failure: Failure;
  readonly #fault: SystemFault | undefined;

  /**
   * @param n Which operation fails, from 1; 0 for none.
   * @param failure How.
   * @param fault Which operations are counted, and what is said of their failure.
   */
  constructor(n = 0, failure: Failure = "once", fault?: SystemFault) {
    this.#n = n;
    this.#failure = failure;
    this.#fault = fault;
  }

  /** Whether the process has ended. */
  get isStopped(): boolean {
    return this.#failure === "stop" && this.#n > 0 && this.count >= this.#n;
  }

  /**
   * Does an operation, unless it is to fail.
   *
   * @param what For messages.
   * @param work The operation.
   * @param half What of it is done when the process ends in the middle.
   */
  async do<Result>(
    what: string,
    work: () => Promise<Result>,
    half?: () => Promise<unknown>,
  ): Promise<Result> {
    if (this.isStopped) throw new Stopped(what);
    if (this.#fault && this.#fault.what !== what) return await work();
    const fails = ++this.count === this.#n ||
      this.#n > 0 && this.count > this.#n && this.#failure === "for ever";
    if (!fails) return await work();
    if (this.#fault) throw systemError(this.#fault);
    if (this.#failure !== "stop") throw new Error(`made to fail: ${what}`);
    await half?.();
    throw new Stopped(what);
  }
}

/** An error as Deno throws it. */
export function systemError({ what, code }: SystemFault): Error {
  const { PermissionDenied } = Deno.errors;
  const Kind = code === "EACCES" || code === "EPERM" ? PermissionDenied : Error;
  return Object.assign(new Kind(`${code} (os error): ${what}`), { code });
}

let names = 0;

/** The system's files, each operation of which counts. */
export function failingFiles(operations: Operations): FileSystem & Disposable {
  const open = new Set<Deno.FsFile>();
  return {
    link: (...args) => operations.do("link", () => REAL_FILES.link(...args)),
    mkdir: (...args) => operations.do("mkdir", () => REAL_FILES.mkdir(...args)),
    remove: (...args) => operations.do("remove", () => REAL_FILES.remove(...args)),
    rename: (...args) => operations.do("rename", () => REAL_FILES.rename(...args)),
    stat: (...args) => operations.do("stat", () => REAL_FILES.stat(...args)),
    readDir: async function* (path): AsyncGenerator<Deno.DirEntry> {
      yield* await operations.do("readDir", () => Array.fromAsync(REAL_FILES.readDir(path)));
    } as FileSystem["readDir"],
    open: async (...args) => {
      const file = await operations.do("open", () => REAL_FILES.open(...args));
      open.add(file);
      return failingFile(file, operations, () => open.delete(file));
    },
    randomUUID: () => `name-${++names}`,
    // The end of a process closes its files, and with them its locks.
    [Symbol.dispose]: () => open.forEach((file) => file[Symbol.dispose]()),
  };
}

function failingFile(file: Deno.FsFile, operations: Operations, forget: () => void): Deno.FsFile {
  const does: Partial<Deno.FsFile> & Disposable = {
    write: (bytes) =>
      operations.do(
        "write",
        () => file.write(bytes),
        () => file.write(bytes.subarray(0, bytes.length >> 1)),
      ),
    sync: () => operations.do("sync", () => file.sync()),
    lock: (exclusive) => operations.do("lock", () => file.lock(exclusive)),
    tryLock: (exclusive) => operations.do("tryLock", () => file.tryLock(exclusive)),
    stat: () => operations.do("stat", () => file.stat()),
    get readable() {
      const whole = async function* (): AsyncGenerator<Uint8Array<ArrayBuffer>> {
        yield await operations.do("read", () => new Response(file.readable).bytes());
      };
      return ReadableStream.from(whole());
    },
    close: () => {
      if (operations.isStopped) return;
      forget();
      file.close();
    },
    [Symbol.dispose]: () => {
      if (operations.isStopped) return;
      forget();
      file[Symbol.dispose]();
    },
  };
  return new Proxy(file, {
    get: (target, name) => {
      if (name in does) return does[name as keyof typeof does];
      const value = Reflect.get(target, name, target);
      return value;
    },
  });
}

/** A catalogue, each opening and reading of whose recordings counts. */
export function failingCatalogue(catalogue: Catalogue, operations: Operations): Catalogue {
  return {
    ...catalogue,
    open: async (entry) => {
      const recording = await operations.do("open a recording", () => catalogue.open(entry));
      const read: Recording["read"] = (...args) =>
        operations.do("read a recording", () => recording.read(...args));
      return { ...recording, read, close: () => recording.close() };
    },
  };
}
