import { formatUtc } from "../../core/mod.ts";
import { type Detector, DetectorFault, type Engine } from "../detector/mod.ts";

/** One batch in the engine and one waiting: the engine never idles, and memory stays bounded. */
const BATCHES_UNDER_WAY = 2;

/** Gathers windows into batches, keeps the engine busy, and hands on each window's scores. */
export class BatchScorer {
  readonly #engine: Engine;
  readonly #windowValues: number;
  readonly #classes: number;
  readonly #onScores: (bin: number, scores: Float32Array) => void;
  readonly #faultOf: (bin: number) => Error;
  readonly #underWay: Promise<void>[] = [];
  #windows: Float32Array<ArrayBuffer>;
  #bins: number[] = [];

  /**
   * @param detector What scores.
   * @param onScores Told the scores of each window, `[classes]`.
   * @param faultOf Makes the fault of a window that is not finite, which no engine is handed.
   */
  constructor(
    { engine, frontEnd, classNames }: Detector,
    onScores: (bin: number, scores: Float32Array) => void,
    faultOf: (bin: number) => Error,
  ) {
    this.#engine = engine;
    this.#windowValues = frontEnd.windowFrames * frontEnd.frameValues;
    this.#classes = classNames.length;
    this.#onScores = onScores;
    this.#faultOf = faultOf;
    this.#windows = this.#makeWindows();
  }

  /**
   * Adds a window.
   *
   * @param bin Whose window it is.
   * @param write Writes the window into an array from an index on.
   */
  async add(bin: number, write: (target: Float32Array, at: number) => void): Promise<void> {
    const at = this.#bins.length * this.#windowValues;
    write(this.#windows, at);
    const window = this.#windows.subarray(at, at + this.#windowValues);
    if (!areFinite(window)) throw this.#faultOf(bin);
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
    const values = bins.length * this.#windowValues;
    const windows = this.#windows.length === values
      ? this.#windows
      : this.#windows.slice(0, values);
    this.#bins = [];
    this.#windows = this.#makeWindows();
    const classes = this.#classes;
    const answer = this.#engine.run(windows).then(({ scores }) =>
      bins.forEach((bin, i) => this.#onScores(bin, scores.subarray(i * classes, (i + 1) * classes)))
    );
    answer.catch(() => {}); // it is thrown where it is awaited, below or in finish()
    this.#underWay.push(answer);
    if (this.#underWay.length > BATCHES_UNDER_WAY) await this.#underWay.shift();
  }

  #makeWindows(): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#engine.batchWindows * this.#windowValues);
  }
}

function areFinite(values: Float32Array): boolean {
  let sum = 0;
  // Of NaN and infinity alone the difference to themselves is not 0.
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return sum === 0;
}

/** Below what is written (six decimals): a sum of 32-bit shares may pass 1 by as much. */
const ROUNDING = 1e-6;

/**
 * A score as it is kept: a network that gives anything else than 0 to 1 must not pass for one that
 * heard nothing.
 *
 * @param score What the network gave.
 * @param detector Whose network.
 * @param kind For which of its classes.
 * @param binMs For which second, epoch milliseconds.
 * @returns The score, 0 to 1.
 * @throws {DetectorFault} Where it is not a number from 0 to 1.
 */
export function checkScore(
  score: number,
  { name, classNames }: Pick<Detector, "name" | "classNames">,
  kind: number,
  binMs: number,
): number {
  if (score >= -ROUNDING && score <= 1 + ROUNDING) return Math.min(Math.max(score, 0), 1);
  throw new DetectorFault(
    `Cannot score ${
      formatUtc(binMs)
    } with ${name} as a score is a number from 0 to 1: its network ` +
      `gave ${score} for ${
        classNames[kind]
      }; mend the network, or say in its description that it ` +
      'gives "logit" where it does.',
  );
}
