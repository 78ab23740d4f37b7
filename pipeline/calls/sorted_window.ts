/** A window's values in order; short, so that moving them is quicker than any tree. */
export class SortedWindow {
  readonly #values: Float64Array;
  #size = 0;

  /** @param length Values that it holds at most. */
  constructor(length: number) {
    this.#values = new Float64Array(length);
  }

  /** Puts a value in. */
  add(value: number): void {
    let at = this.#size++;
    for (; at > 0 && this.#values[at - 1] > value; at--) this.#values[at] = this.#values[at - 1];
    this.#values[at] = value;
  }

  /** Takes a value out that is in it. */
  remove(value: number): void {
    let at = 0;
    while (this.#values[at] !== value) at++;
    this.#size--;
    for (; at < this.#size; at++) this.#values[at] = this.#values[at + 1];
  }

  /** Takes everything out. */
  clear(): void {
    this.#size = 0;
  }

  /** The middle value; the mean of the middle two where their number is even. */
  median(): number {
    const middle = this.#size >> 1;
    const upper = this.#values[middle];
    return this.#size % 2 === 1 ? upper : (this.#values[middle - 1] + upper) / 2;
  }
}
