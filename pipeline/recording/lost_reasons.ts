import { sourceName } from "../places/mod.ts";

/** Sentences kept of one recording; others are counted. */
const KEPT = 5;

/** Gathers why frames of recordings are lost: a few sentences a recording, however many places. */
export class LostReasons {
  readonly #of = new Map<string, { kept: Set<string>; last: string; more: number }>();

  /**
   * Takes a reason. One that comes again at once, as of a place that is read in pieces, counts once.
   *
   * @param uri Which recording.
   * @param reason One sentence that names it.
   */
  add(uri: string, reason: string): void {
    const of = this.#of.get(uri) ?? { kept: new Set(), last: "", more: 0 };
    this.#of.set(uri, of);
    if (of.last === reason || of.kept.has(reason)) return;
    of.last = reason;
    if (of.kept.size < KEPT) of.kept.add(reason);
    else of.more++;
  }

  /** Gives the sentences; of a recording with many, how many more places there are. */
  sentences(): string[] {
    return [...this.#of].flatMap(([uri, { kept, more }]) => {
      const places = `${more} more place${more === 1 ? "" : "s"}`;
      return more === 0 ? [...kept] : [...kept, `Likewise in ${places} of ${sourceName({ uri })}.`];
    });
  }
}
