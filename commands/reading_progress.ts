import { SingleBar } from "cli-progress";
import { tell } from "./print.ts";

/** Hours between two lines in a log. */
const LINE_HOURS = 2000;

/** How far reading scores is: a bar on a terminal, a line now and then elsewhere. */
export class ReadingProgress {
  readonly #bar: SingleBar | undefined;
  readonly #hours: number;
  #done = 0;

  /** @param hours Hours that there are. */
  constructor(hours: number) {
    this.#hours = hours;
    if (!Deno.stderr.isTerminal() || hours < 100) return;
    this.#bar = new SingleBar({
      format: "{bar} {value} of {total} hours of scores",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
    });
    this.#bar.start(hours, 0);
  }

  /** One hour more was read. */
  onHour(): void {
    this.#done++;
    this.#bar?.update(this.#done);
    if (!this.#bar && this.#done % LINE_HOURS === 0) {
      tell(`read ${this.#done} of ${this.#hours} hours of scores`);
    }
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.stop();
  }
}
