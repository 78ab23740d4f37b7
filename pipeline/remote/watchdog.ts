/** Aborts what no longer gets on: a stalled body would hang for ever in `fetch`. */
export class Watchdog implements Disposable {
  readonly #stallMs: number;
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param stallMs How long it may be silent, in milliseconds; it starts to wait at once.
   */
  constructor(stallMs: number) {
    this.#stallMs = stallMs;
    this.gotOn();
  }

  /** Aborts when it was silent for too long. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Tells it that bytes came. */
  gotOn(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(), this.#stallMs);
  }

  /** Ends the watch. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
