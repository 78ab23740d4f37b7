import { SingleBar } from "cli-progress";
import type { HourOutcome } from "../pipeline/scoring/mod.ts";
import { formatUtc } from "../pipeline/utc.ts";
import { duration } from "./duration.ts";
import { tell } from "./print.ts";

// cli-progress has names of its own, such as {total}, which must not be taken again.
const FORMAT = "{bar} {done} of {all} of audio, {left} left, {speed}× real time";

/**
 * How far scoring is: a bar on a terminal, a plain line an hour elsewhere. Both go to standard
 * error, so that standard output holds results only.
 */
export class ScoringProgress {
  readonly #bar: SingleBar | undefined;
  readonly #audioSeconds: number;
  readonly #started = performance.now();
  /** Seconds of audio that this run has dealt with before the hour in hand. */
  #before = 0;
  #inHand = 0;
  #scored = 0;

  /**
   * @param audioSeconds Seconds of audio in the whole range.
   * @param terminal Whether standard error is a terminal.
   */
  constructor(audioSeconds: number, terminal: boolean = Deno.stderr.isTerminal()) {
    this.#audioSeconds = audioSeconds;
    if (!terminal) return;
    this.#bar = new SingleBar({
      format: FORMAT,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      fps: 5,
      hideCursor: true,
    });
    this.#bar.start(Math.max(1, audioSeconds), 0, this.#payload());
  }

  /** Told how many seconds of the hour in hand are decided. */
  onBins(bins: number): void {
    this.#inHand = bins;
    this.#update();
  }

  /** Told an hour's outcome, and how much audio it holds. */
  onHour(outcome: HourOutcome, audioSeconds: number): void {
    this.#before += audioSeconds;
    this.#inHand = 0;
    if (outcome.state === "scored") this.#scored += audioSeconds;
    for (const note of outcome.notes) this.#line(`note: ${note}`);
    if (!this.#bar) this.#line(describe(outcome, this.speed));
    this.#update();
  }

  /** Audio scored for each second that has passed. */
  get speed(): number {
    const seconds = (performance.now() - this.#started) / 1000;
    return (this.#scored + this.#inHand) / Math.max(seconds, 1e-3);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.stop();
  }

  #update(): void {
    this.#bar?.update(Math.min(this.#audioSeconds, this.#before + this.#inHand), this.#payload());
  }

  #line(text: string): void {
    if (this.#bar) this.#bar.stop();
    tell(text);
    if (this.#bar) this.#bar.start(Math.max(1, this.#audioSeconds), this.#before, this.#payload());
  }

  #payload(): Record<string, string> {
    const done = Math.min(this.#audioSeconds, this.#before + this.#inHand);
    const { speed } = this;
    return {
      done: duration(done),
      all: duration(this.#audioSeconds),
      left: speed > 0 ? duration((this.#audioSeconds - done) / speed) : "?",
      speed: speed.toFixed(0),
    };
  }
}

/** One line on an hour, for logs. */
function describe(outcome: HourOutcome, speed: number): string {
  const hour = formatUtc(outcome.hourMs).slice(0, 16) + "Z";
  switch (outcome.state) {
    case "done":
      return `${hour} was done before: ${outcome.effortSeconds} s of effort`;
    case "no audio":
      return `${hour} has no audio: no recording covers it`;
    case "scored":
      return `${hour} scored in ${outcome.seconds.toFixed(1)} s: ${outcome.effortSeconds} s of ` +
        `effort, ${speed.toFixed(0)}× real time so far`;
  }
}
