import { SingleBar } from "cli-progress";
import { formatUtc } from "../core/mod.ts";
import { heardSeconds, reasonWords } from "../pipeline/scores/mod.ts";
import type { HourOutcome } from "../pipeline/scoring/mod.ts";
import { tell } from "./print.ts";
import { duration } from "./words.ts";

/** The look of a bar, and whether it is shown. */
interface ProgressOptions {
  /** A format of cli-progress, with fields in braces; its own names, such as {total}, are taken. */
  format: string;
  fields?: Readonly<Record<string, string>>;
  /** Shows no bar where it is false. */
  hasBar?: boolean;
  clearOnComplete?: boolean;
}

/**
 * Shows how far work is: by a bar on a terminal, by plain lines elsewhere. Both go to standard error,
 * so that standard output holds results only.
 */
export class Progress {
  readonly #bar: SingleBar | undefined;
  #total: number;
  #done = 0;
  #fields: Readonly<Record<string, string>>;

  /** @param total What `done` will be in the end. */
  constructor(
    total: number,
    { format, fields = {}, hasBar = true, clearOnComplete = false }: ProgressOptions,
  ) {
    this.#total = total;
    this.#fields = fields;
    if (!hasBar || !Deno.stderr.isTerminal()) return;
    this.#bar = new SingleBar({
      format,
      clearOnComplete,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      fps: 5,
      hideCursor: true,
    });
    this.#start();
  }

  /**
   * Moves the bar on.
   *
   * @param done Of the total.
   * @param line Said where there is no bar.
   * @param fields Those of the format that have changed.
   * @param total The total, where it has become known.
   */
  update(
    done: number,
    { line, fields = this.#fields, total = this.#total }: {
      line?: string | undefined;
      fields?: Readonly<Record<string, string>>;
      total?: number;
    } = {},
  ): void {
    this.#done = done;
    this.#fields = fields;
    if (total !== this.#total) this.#bar?.setTotal(total);
    this.#total = total;
    if (this.#bar) this.#bar.update(done, fields);
    else if (line !== undefined) tell(line);
  }

  /** Says a line, above the bar where there is one. */
  say(line: string): void {
    this.#bar?.stop();
    tell(line);
    if (this.#bar) this.#start();
  }

  /** Takes the bar away. */
  stop(): void {
    this.#bar?.stop();
  }

  #start(): void {
    this.#bar?.start(Math.max(1, this.#total), this.#done, this.#fields);
  }
}

/** Fewest hours of scores that are worth a bar. */
const BAR_HOURS = 100;
/** Hours of scores between two lines in a log. */
const LINE_HOURS = 2000;

/**
 * Shows how far reading scores is.
 *
 * @param hours Hours that there are.
 * @returns `onHour` to be told each hour that was read, and `stop`.
 */
export function readingProgress(hours: number): { onHour(): void; stop(): void } {
  const format = "{bar} {value} of {total} hours of scores";
  const hasBar = hours >= BAR_HOURS;
  const progress = new Progress(hours, { format, hasBar, clearOnComplete: true });
  let done = 0;
  return {
    onHour: () => {
      done++;
      const isDue = done % LINE_HOURS === 0;
      progress.update(done, isDue ? { line: `read ${done} of ${hours} hours of scores` } : {});
    },
    stop: () => progress.stop(),
  };
}

/** Counts the audio of a run, and shows how far scoring is. */
export class ScoringProgress {
  readonly #progress: Progress;
  readonly #isSaid: boolean;
  readonly #audioSeconds: (hourMs: number) => number;
  readonly #allSeconds: number;
  readonly #started = performance.now();
  /** Seconds of audio that this run has dealt with, without the hours in hand. */
  #before = 0;
  readonly #inHand = new Map<number, number>();
  #scored = 0;
  /** Notes that were said of the hour before. */
  #said: ReadonlySet<string> = new Set();

  /**
   * @param hours The hours of the range.
   * @param audioSeconds Seconds of audio in an hour.
   * @param isSaid Whether to say anything at all.
   */
  constructor(
    hours: readonly number[],
    audioSeconds: (hourMs: number) => number,
    isSaid = true,
  ) {
    this.#audioSeconds = audioSeconds;
    this.#allSeconds = hours.reduce((sum, hourMs) => sum + audioSeconds(hourMs), 0);
    this.#isSaid = isSaid;
    this.#progress = new Progress(this.#allSeconds, {
      format: "{bar} {done} of {all} of audio, {left} left, {speed}× real time",
      fields: this.#fields(),
      hasBar: isSaid,
    });
  }

  /** Counts seconds of an hour in hand that are decided. */
  onBins(hourMs: number, bins: number): void {
    this.#inHand.set(hourMs, bins);
    this.#update();
  }

  /** Counts an hour that has ended, and says its notes. */
  onHour(outcome: HourOutcome): void {
    const audioSeconds = this.#audioSeconds(outcome.hourMs);
    this.#before += audioSeconds;
    this.#inHand.delete(outcome.hourMs);
    if (outcome.state === "scored") this.#scored += heardSeconds(outcome);
    for (const note of outcome.notes) {
      // What is odd about a recording is odd in each of its hours.
      if (this.#isSaid && !this.#said.has(note)) this.#progress.say(`note: ${note}`);
    }
    this.#said = new Set(outcome.notes);
    this.#update(this.#isSaid ? describe(outcome, this.speed) : undefined);
  }

  /** Audio scored for each second that has passed. */
  get speed(): number {
    const seconds = (performance.now() - this.#started) / 1000;
    return (this.#scored + this.#secondsInHand()) / Math.max(seconds, 1e-3);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#progress.stop();
  }

  #secondsInHand(): number {
    return [...this.#inHand.values()].reduce((sum, bins) => sum + bins, 0);
  }

  #done(): number {
    return Math.min(this.#allSeconds, this.#before + this.#secondsInHand());
  }

  #update(line?: string): void {
    this.#progress.update(this.#done(), { line, fields: this.#fields() });
  }

  #fields(): Record<string, string> {
    const [done, { speed }] = [this.#done(), this];
    return {
      done: duration(done),
      all: duration(this.#allSeconds),
      left: speed > 0 ? duration((this.#allSeconds - done) / speed) : "?",
      speed: speed.toFixed(0),
    };
  }
}

/** Describes an hour in one line, for logs. */
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
