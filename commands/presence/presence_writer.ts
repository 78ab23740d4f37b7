import type { PresenceCell } from "../../analysis/presence/mod.ts";

/** Writes presence in one format; nothing is in its place before `commit`. */
export interface PresenceWriter {
  /** Adds a cell; they come in the order of time. */
  add(cell: PresenceCell): Promise<void>;
  /**
   * Puts what was written in its place.
   *
   * @returns Paths of what is there now; none where it was printed.
   */
  commit(): Promise<string[]>;
  /** Lets go; what was not committed is removed. */
  close(): Promise<void>;
}
