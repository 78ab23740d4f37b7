/** The part of Deno's notebook interface that is used. */
interface Jupyter {
  display(
    forms: Record<string, unknown>,
    options: Record<string, unknown>,
  ): Promise<void>;
}

const EVERY_MS = 200;

/** A progress bar below a cell. */
export class Progress {
  readonly #id = crypto.randomUUID();
  readonly #total: number;
  readonly #label: string;
  #shownMs = -Infinity;
  #began = false;

  /**
   * @param total What it counts to.
   * @param label What it counts.
   */
  constructor(total: number, label: string) {
    this.#total = total;
    this.#label = label;
  }

  /** Shows how far it is; the end is always shown. */
  async at(done: number): Promise<void> {
    const now = performance.now();
    if (done < this.#total && now - this.#shownMs < EVERY_MS) return;
    this.#shownMs = now;
    const text = `${done} of ${this.#total} ${this.#label}`;
    const html = `<progress max="${this.#total}" value="${done}"></progress> ${text}`;
    const { jupyter } = Deno as unknown as { jupyter: Jupyter };
    const began = this.#began;
    this.#began = true;
    await jupyter.display(
      { "text/html": html, "text/plain": text },
      { raw: true, display_id: this.#id, update: began },
    );
  }
}
