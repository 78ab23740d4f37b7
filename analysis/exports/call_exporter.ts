import type { Call } from "../../pipeline/calls/mod.ts";
import type { Manifest } from "../../pipeline/scores/mod.ts";
import type { CallAbout } from "./call_about.ts";

/** Writes calls in one format, as they are found; nothing is in its place before `commit`. */
export interface CallExporter {
  /** Told each hour's manifest before the calls that it ends. */
  onManifest?(manifest: Manifest): void;
  /** Adds a call; they come in the order of time. */
  add(call: Call): Promise<void>;
  /**
   * Puts what was written in its place.
   *
   * @returns Paths of what is there now.
   */
  commit(about: CallAbout): Promise<string[]>;
  /** Lets go; what was not committed is removed. */
  close(): Promise<void>;
}
