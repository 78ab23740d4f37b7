import { SingleBar } from "cli-progress";
import { tell } from "./print.ts";

const STEP_BYTES = 10e6;

/** How far a download is: a bar on a terminal, a line every 10 MB elsewhere. */
export class DownloadProgress {
  readonly #bar: SingleBar | undefined;
  #told = 0;

  constructor() {
    if (!Deno.stderr.isTerminal()) return;
    this.#bar = new SingleBar({
      format: "{bar} {value} of {total} MB",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
    });
    this.#bar.start(1, 0);
  }

  /** Told how many bytes are there, and how many there will be where that is known. */
  update(received: number, total: number | undefined): void {
    const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
    if (this.#bar) {
      this.#bar.setTotal(megabytes(total ?? received));
      this.#bar.update(megabytes(received));
    } else if (received - this.#told >= STEP_BYTES || received === total) {
      this.#told = received;
      tell(`${megabytes(received)} of ${total === undefined ? "?" : megabytes(total)} MB`);
    }
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.stop();
  }
}
