import { type LostRecording, reasonWords } from "../pipeline/scores/mod.ts";
import { duration } from "./duration.ts";
import { print } from "./print.ts";

/** Recordings that are named one by one. */
const MOST_NAMED = 100;

/** Gathers recordings that could not be had, or turned out bad, over all hours that are looked at. */
export class LostList {
  readonly #lost = new Map<string, LostRecording>();

  /** How many there are. */
  get size(): number {
    return this.#lost.size;
  }

  /** Adds those of some hours. */
  add(lost: readonly LostRecording[]): void {
    for (const { reason, seconds } of lost) {
      const key = `${reason.kind} ${reason.uri}`;
      this.#lost.set(key, { reason, seconds: (this.#lost.get(key)?.seconds ?? 0) + seconds });
    }
  }

  /** Prints their names, and what each cost. */
  print(): void {
    for (const { reason, seconds } of [...this.#lost.values()].slice(0, MOST_NAMED)) {
      print(`Without effort: ${duration(seconds)}, ${reasonWords(reason)}.`);
    }
    if (this.size > MOST_NAMED) print(`${this.size - MOST_NAMED} more recordings likewise.`);
  }
}
