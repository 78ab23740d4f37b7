import { SingleBar } from "cli-progress";
import { formatUtc } from "../core/mod.ts";
import { tell } from "./print.ts";

/** Hours after which a log says how far it is. */
const LINE_EVERY = 720;

/** How far a simulation is: a bar on a terminal, a plain line every 30 days elsewhere. */
export class SimulationProgress {
  readonly #bar: SingleBar | undefined;
  readonly #hours: number;
  #done = 0;

  /**
   * @param hours Hours in the whole range.
   * @param terminal Whether standard error is a terminal.
   */
  constructor(hours: number, terminal: boolean = Deno.stderr.isTerminal()) {
    this.#hours = hours;
    if (!terminal) return;
    this.#bar = new SingleBar({
      format: "{bar} {value} of {total} hours, {eta_formatted} left",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      fps: 5,
      hideCursor: true,
    });
    this.#bar.start(hours, 0);
  }

  /** Told after each hour. */
  onHour(hourMs: number): void {
    this.#done++;
    this.#bar?.update(this.#done);
    if (this.#bar || this.#done % LINE_EVERY !== 0) return;
    const hour = formatUtc(hourMs).slice(0, 13);
    tell(`${this.#done} of ${this.#hours} hours are there, up to ${hour}`);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.stop();
  }
}
