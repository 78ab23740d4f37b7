import type { Catalogue } from "../catalogue.ts";

/**
 * Recordings of any number of days. Each day's hours are scored by a catalogue of its own, which is
 * made from that day's recordings and their neighbours alone: so that an hour scored alone, in a
 * range, or on another machine is placed by the same clock.
 */
export interface Archive {
  /** Sentences on what is left out of it. */
  readonly notes: readonly string[];
  /**
   * The catalogue that a day's hours are scored by.
   *
   * @param dayMs Start of a day of UTC, epoch milliseconds.
   * @throws {MegapteraError} Where it can't be made.
   */
  day(dayMs: number): Promise<Catalogue>;
  /** How many names of its recordings give no time zone, so that they were taken as UTC. */
  readonly zonelessNames: number;
}
