import type { ScoreStore } from "./score_store.ts";

/**
 * The first hour that a run writes, which is its claim on the scores of a place: the run writes no
 * other before it, so of two runs that score the same hours in different ways, however many workers
 * each has, the second meets the first's claim before it has written anything.
 */
export class FirstHour {
  /** In the order that they were begun. */
  readonly #inHand: number[] = [];
  #hourMs: number | undefined;
  #failure: { error: unknown } | undefined;
  #changed = Promise.withResolvers<void>();

  /**
   * Works on an hour; all runs begin hours in one order.
   *
   * @param hourMs Start of the hour, epoch milliseconds.
   * @param work Waits for its turn before it writes, and notes what it wrote.
   * @returns What the work returns.
   */
  async run<Result>(hourMs: number, work: () => Promise<Result>): Promise<Result> {
    this.#inHand.push(hourMs);
    try {
      return await work();
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    } finally {
      this.#inHand.splice(this.#inHand.indexOf(hourMs), 1);
      this.#change();
    }
  }

  /**
   * Waits until an hour may be written: it is the first, or the first is written.
   *
   * @param hourMs Start of the hour, epoch milliseconds.
   * @throws Whatever another hour has ended the run with.
   */
  async turn(hourMs: number): Promise<void> {
    while (this.#hourMs === undefined && this.#inHand[0] !== hourMs) await this.#changed.promise;
    if (this.#failure) throw this.#failure.error;
  }

  /** Notes that an hour was written. */
  wrote(hourMs: number): void {
    this.#hourMs ??= hourMs;
    this.#change();
  }

  /**
   * Tells whether the claim stands.
   *
   * @param store Where the hours lie.
   * @param fingerprint What decides this run's scores.
   * @returns Whether the first hour is this run's still; nothing where none is written yet.
   */
  async stands(store: ScoreStore, fingerprint: string): Promise<boolean | undefined> {
    if (this.#hourMs === undefined) return undefined;
    return (await store.readManifest(this.#hourMs))?.fingerprint === fingerprint;
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
