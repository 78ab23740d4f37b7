import type { Recorders } from "../recorders.ts";
import type { RecordingStart } from "../recording_start.ts";

/** A recording that a list names, not opened yet. */
export interface ListedRecording extends RecordingStart {
  /** Where it is: a path, or a URI. */
  readonly place: string;
  /** When it ends at the latest, where the list knows. */
  readonly stopMs?: number;
}

/** Which recordings there are, or should be. */
export interface RecordingList {
  /** For messages: the template, prefix or folder. */
  readonly name: string;
  /** Sentences on what of the place is left out. */
  readonly notes: readonly string[];
  /** Which recorder a recording is of, where the list has those of several. */
  readonly recorders?: Recorders;
  /**
   * The recordings that start within a span; of those before it, the last one too, since it may
   * reach into it.
   *
   * @param startMs First instant, epoch milliseconds.
   * @param stopMs The instant after the last.
   * @returns In the order of their starts.
   */
  between(startMs: number, stopMs: number): ListedRecording[];
}
