import { Operations, systemError } from "./failing_operations.ts";
import type { SeededRandom } from "./seeded_random.ts";

/**
 * Lets writers in one process take turns, operation by operation, in an order that a seed decides: at
 * any moment all but one of them wait.
 */
export class Interleaving {
  readonly #random: SeededRandom;
  readonly #oneIn: number;
  readonly #waiting = new Map<number, (() => void)[]>();
  #last: number;

  /**
   * @param writers How many writers there are; each ends by `ended`.
   * @param random Decides the order.
   * @param oneIn Another writer comes to its turn after one of so many operations.
   */
  constructor(writers: number, random: SeededRandom, oneIn: number) {
    this.#random = random;
    this.#oneIn = oneIn;
    this.#last = random.below(writers);
    for (let writer = 0; writer < writers; writer++) this.#waiting.set(writer, []);
  }

  /** Waits for a writer's turn. */
  turn(writer: number): Promise<void> {
    const waiting = this.#waiting.get(writer);
    if (!waiting) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    this.#next();
    return promise;
  }

  /** Lets the others go on without a writer. */
  ended(writer: number): void {
    this.#waiting.delete(writer);
    this.#next();
  }

  /** Comes to one writer's turn once all of them wait for theirs. */
  #next(): void {
    const writers = [...this.#waiting.keys()];
    if (writers.some((writer) => this.#waiting.get(writer)!.length === 0)) return;
    const isOver = !this.#waiting.has(this.#last) || this.#random.below(this.#oneIn) === 0;
    if (isOver && writers.length > 0) this.#last = this.#random.pick(writers);
    const [resolve] = this.#waiting.get(this.#last)?.splice(0, 1) ?? [];
    resolve?.();
  }
}

/** Operations of one of several writers that take turns. */
export class InterleavedOperations extends Operations {
  readonly #turn: () => Promise<void>;
  readonly #lacks: readonly string[];

  /**
   * @param turn Waits for the writer's turn.
   * @param stopsAt At which operation the process ends, from 1; 0 for none.
   * @param lacks Operations that the disk does not know.
   */
  constructor(turn: () => Promise<void>, stopsAt = 0, lacks: readonly string[] = []) {
    super(stopsAt, "stop");
    this.#turn = turn;
    this.#lacks = lacks;
  }

  override async do<Result>(
    what: string,
    work: () => Promise<Result>,
    half?: () => Promise<unknown>,
  ): Promise<Result> {
    await this.#turn();
    if (this.#lacks.includes(what)) throw systemError({ what, code: "ENOSYS" });
    return await super.do(what, work, half);
  }
}
