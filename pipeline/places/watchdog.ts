/**
 * Aborts what no longer gets on: a stalled body would hang for ever in `fetch`. When memory is cleaned
 * up, `fetch` may lose sight of its signal, so that a body is not aborted (Deno 2.9.6), and so may what
 * `AbortSignal.any` gives: whoever waits for a body waits by `until`, and then cancels it.
 */
export class Watchdog implements Disposable {
  readonly #stallMs: number;
  readonly #follows: readonly AbortSignal[];
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #aborted = Promise.withResolvers<never>();
  #hasStalled = false;

  /**
   * @param stallMs How long it may be silent, in milliseconds; it starts to wait at once.
   * @param follows Signals that abort it too, with their reasons.
   */
  constructor(stallMs: number, follows: readonly (AbortSignal | undefined)[] = []) {
    this.#stallMs = stallMs;
    this.#follows = follows.filter((signal) => signal !== undefined);
    this.#aborted.promise.catch(() => {}); // it is thrown to whoever waits
    this.signal.addEventListener("abort", () => this.#aborted.reject(this.signal.reason));
    for (const signal of this.#follows) {
      if (signal.aborted) this.#controller.abort(signal.reason);
      else signal.addEventListener("abort", this.#follow);
    }
    this.gotOn();
  }

  /** Aborts when it was silent for too long, or as what it follows. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it aborted since it was silent for too long. */
  get hasStalled(): boolean {
    return this.#hasStalled;
  }

  /**
   * Waits for something, and no longer than until it aborts.
   *
   * @param work What is waited for.
   * @returns What it gives.
   * @throws {Error} What it throws, or the reason of the abort.
   */
  until<Result>(work: Promise<Result>): Promise<Result> {
    return Promise.race([work, this.#aborted.promise]);
  }

  /** Tells it that bytes came. */
  gotOn(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#hasStalled = !this.signal.aborted;
      this.#controller.abort();
    }, this.#stallMs);
  }

  /** Ends the watch. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    for (const signal of this.#follows) signal.removeEventListener("abort", this.#follow);
  }

  readonly #follow = (event: Event): void => {
    this.#controller.abort((event.target as AbortSignal).reason);
  };
}
