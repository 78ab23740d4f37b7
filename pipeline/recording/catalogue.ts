import type { Recording } from "./recording.ts";
import type { Timeline, TimelineEntry } from "./timeline_types.ts";

/** Which recording holds which second. */
export interface Catalogue {
  /** The recordings, or their stretches; runs refer to their places here. */
  readonly entries: readonly TimelineEntry[];
  /** How they join. */
  readonly timeline: Timeline;
  /** Sentences on what is odd about a recording, one list an entry. */
  readonly warnings: readonly (readonly string[])[];
  /** Recordings that should be there and can't be had: their seconds are a gap with a reason. */
  readonly absent: readonly AbsentRecording[];
  /** Opens an entry's recording. */
  open(entryIndex: number): Promise<Recording>;
}

/** A recording of which it is known when it starts, and whose audio can't be had. */
export interface AbsentRecording {
  readonly uri: string;
  readonly startMs: number;
  /** When it would end, where that is known without it; up to the next recording otherwise. */
  readonly stopMs?: number;
  /**
   * `unreadable`: it is there, but its header can't be read, or it lacks the channel, or the sample
   * rate that the detector needs; `missing`: there is no such file;
   * `forbidden`: it may not be read, or the server does not say whether it is there.
   */
  readonly kind: "unreadable" | "missing" | "forbidden";
  /** Why, in one sentence that names it. */
  readonly reason: string;
  /** ETag or time of change, of one that could be opened. */
  readonly version?: string;
}
