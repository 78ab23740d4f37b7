import { SingleBar } from "cli-progress";
import { formatUtc } from "../core/mod.ts";
import { heardSeconds, reasonWords } from "../pipeline/scores/mod.ts";
import type { HourOutcome } from "../pipeline/scoring/mod.ts";
import { tell } from "./print.ts";
import { duration } from "./words.ts";

// cli-progress has names of its own, such as {total}, which must not be taken again.
const FORMAT = "{bar} {done} of {all} of audio, {left} left, {speed}× real time";

/**
 * How far scoring is: a bar on a terminal, a plain line an hour elsewhere. Both go to standard
 * error, so that standard output holds results only.
 */
export class ScoringProgress {
  readonly #bar: SingleBar | undefined;
  readonly #isSaid: boolean;
  readonly #audioSeconds: (hourMs: number) => number;
  readonly #allSeconds: number;
  readonly #started = performance.now();
  /** Seconds of audio that this run has dealt with, without the hours in hand. */
  #before = 0;
  readonly #inHand = new Map<number, number>();
  #scored = 0;
  /** What was said of the hour before. */
  #said: ReadonlySet<string> = new Set();

  /**
   * @param hours The hours of the range.
   * @param audioSeconds Seconds of audio in an hour.
   * @param isSaid Whether to say anything at all.
   * @param terminal Whether standard error is a terminal.
   */
  constructor(
    hours: readonly number[],
    audioSeconds: (hourMs: number) => number,
    isSaid = true,
    terminal: boolean = Deno.stderr.isTerminal(),
  ) {
    this.#audioSeconds = audioSeconds;
    this.#allSeconds = hours.reduce((sum, hourMs) => sum + audioSeconds(hourMs), 0);
    this.#isSaid = isSaid;
    if (!terminal || !isSaid) return;
    this.#bar = new SingleBar({
      format: FORMAT,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      fps: 5,
      hideCursor: true,
    });
    this.#bar.start(Math.max(1, this.#allSeconds), 0, this.#payload());
  }

  /** Told how many seconds of an hour in hand are decided. */
  onBins(hourMs: number, bins: number): void {
    this.#inHand.set(hourMs, bins);
    this.#update();
  }

  /** Told an hour's outcome. */
  onHour(outcome: HourOutcome): void {
    const audioSeconds = this.#audioSeconds(outcome.hourMs);
    this.#before += audioSeconds;
    this.#inHand.delete(outcome.hourMs);
    if (outcome.state === "scored") this.#scored += heardSeconds(outcome);
    // What is odd about a recording is odd in each of its hours.
    for (const note of outcome.notes) if (!this.#said.has(note)) this.#line(`note: ${note}`);
    this.#said = new Set(outcome.notes);
    if (!this.#bar) this.#line(describe(outcome, this.speed));
    this.#update();
  }

  /** Audio scored for each second that has passed. */
  get speed(): number {
    const seconds = (performance.now() - this.#started) / 1000;
    return (this.#scored + this.#secondsInHand()) / Math.max(seconds, 1e-3);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.stop();
  }

  #secondsInHand(): number {
    return [...this.#inHand.values()].reduce((sum, bins) => sum + bins, 0);
  }

  #done(): number {
    return Math.min(this.#allSeconds, this.#before + this.#secondsInHand());
  }

  #update(): void {
    this.#bar?.update(this.#done(), this.#payload());
  }

  #line(text: string): void {
    if (!this.#isSaid) return;
    if (this.#bar) this.#bar.stop();
    tell(text);
    if (this.#bar) this.#bar.start(Math.max(1, this.#allSeconds), this.#done(), this.#payload());
  }

  #payload(): Record<string, string> {
    const [done, { speed }] = [this.#done(), this];
    return {
      done: duration(done),
      all: duration(this.#allSeconds),
      left: speed > 0 ? duration((this.#allSeconds - done) / speed) : "?",
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
      return `${hour} has no audio: ${
        [...new Set(outcome.noEffort.map(({ reason }) => reasonWords(reason)))].join(", ")
      }`;
    case "failed":
      return `${hour} failed: its audio is bad`;
    case "scored":
      return `${hour} scored in ${outcome.seconds.toFixed(1)} s: ${outcome.effortSeconds} s of ` +
        `effort, ${speed.toFixed(0)}× real time so far`;
  }
}

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
