import { MEL_BANDS, WINDOW_FRAMES } from "../detector/front_end/mod.ts";
import type { Engine } from "../detector/engine/mod.ts";

const WINDOW_VALUES = WINDOW_FRAMES * MEL_BANDS;
/** One batch in the engine and one waiting: the engine never idles, and memory stays bounded. */
const BATCHES_UNDER_WAY = 2;

/** Gathers windows into batches, keeps the engine busy, and hands on each window's score. */
export class BatchScorer {
  readonly #engine: Engine;
  readonly #onScore: (bin: number, score: number) => void;
  readonly #underWay: Promise<void>[] = [];
  #windows: Float32Array<ArrayBuffer>;
  #bins: number[] = [];

  /**
   * @param engine What runs the network.
   * @param onScore Told the score of each window.
   */
  constructor(engine: Engine, onScore: (bin: number, score: number) => void) {
    this.#engine = engine;
    this.#onScore = onScore;
    this.#windows = new Float32Array(engine.batchWindows * WINDOW_VALUES);
  }

  /**
   * Adds a window.
   *
   * @param bin Whose window it is.
   * @param write Writes the window, `[128, 64]`, into an array from an index on.
   */
  async add(bin: number, write: (target: Float32Array, at: number) => void): Promise<void> {
    write(this.#windows, this.#bins.length * WINDOW_VALUES);
    this.#bins.push(bin);
    if (this.#bins.length === this.#engine.batchWindows) await this.#send();
  }

  /** Scores what is left and waits for all answers. */
  async finish(): Promise<void> {
    if (this.#bins.length > 0) await this.#send();
    await Promise.all(this.#underWay.splice(0));
  }

  async #send(): Promise<void> {
    const bins = this.#bins;
    const windows = this.#windows.length === bins.length * WINDOW_VALUES
      ? this.#windows
      : this.#windows.slice(0, bins.length * WINDOW_VALUES);
    this.#bins = [];
    this.#windows = new Float32Array(this.#engine.batchWindows * WINDOW_VALUES);
    const answer = this.#engine.run(windows).then(({ scores }) =>
      bins.forEach((bin, i) => this.#onScore(bin, scores[i]))
    );
    answer.catch(() => {}); // it is thrown where it is awaited, below or in finish()
    this.#underWay.push(answer);
    if (this.#underWay.length > BATCHES_UNDER_WAY) await this.#underWay.shift();
  }
}
